using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PelNas.Local.Worker.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Puts a Functions app together. The app it builds runs on this machine alone.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder
{
    private readonly WebApplicationBuilder _web;

    internal FunctionsApplicationBuilder(string[]? args)
    {
        // The app's own folder, as in the isolated worker: a settings file in whatever folder a user stands in is none of the app's.
        _web = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        LocalHost.AddServices(_web);
    }

    /// <inheritdoc/>
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_web).Properties;

    /// <summary>The app's settings.</summary>
    public ConfigurationManager Configuration => _web.Configuration;

    /// <inheritdoc/>
    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    /// <inheritdoc/>
    public IHostEnvironment Environment => _web.Environment;

    /// <inheritdoc/>
    public ILoggingBuilder Logging => _web.Logging;

    /// <inheritdoc/>
    public IMetricsBuilder Metrics => _web.Metrics;

    /// <inheritdoc/>
    public IServiceCollection Services => _web.Services;

    /// <summary>Builds the host.</summary>
    /// <exception cref="PelNas.Local.Worker.FunctionDefinitionException">Functions are declared wrongly; the message lists all of them.</exception>
    public IHost Build() => LocalHost.Build(_web, Properties.ContainsKey(LocalHost.WebApplicationKey));

    /// <inheritdoc/>
    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)_web).ConfigureContainer(factory, configure);
}
