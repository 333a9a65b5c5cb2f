using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PelNas.Local.Host;

/// <summary>
/// Puts a Functions app together that runs on this machine alone. It takes middleware as the worker's own builder does, so that an app registers its own
/// once for both.
/// </summary>
public sealed class LocalHostBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly WebApplicationBuilder _web;
    private readonly List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middleware = [];

    internal LocalHostBuilder(WebApplicationBuilder web)
    {
        _web = web;
        web.Services.AddSingleton(new FunctionPipeline(_middleware));
    }

    /// <summary>The app's settings.</summary>
    public ConfigurationManager Configuration => _web.Configuration;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    /// <inheritdoc/>
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_web).Properties;

    /// <inheritdoc/>
    public IHostEnvironment Environment => _web.Environment;

    /// <inheritdoc/>
    public ILoggingBuilder Logging => _web.Logging;

    /// <inheritdoc/>
    public IMetricsBuilder Metrics => _web.Metrics;

    /// <summary>The app's services. What it registers wins over the host's.</summary>
    public IServiceCollection Services => _web.Services;

    /// <summary>Adds middleware around HTTP, timer and activity functions, the first outermost. Orchestrators run without: it would see each replay as a run.</summary>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        _middleware.Add(middleware);
        return this;
    }

    /// <inheritdoc/>
    public void ConfigureContainer<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull => ((IHostApplicationBuilder)_web).ConfigureContainer(factory, configure);

    /// <summary>Builds the host and checks the app's functions.</summary>
    /// <exception cref="FunctionDefinitionException">Functions are declared wrongly; the message lists all of them.</exception>
    public IHost Build() => LocalHost.Map(_web.Build());
}

/// <summary>What runs around functions.</summary>
internal sealed class FunctionPipeline(IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware)
{
    public Task RunAsync(FunctionContext context, FunctionExecutionDelegate function) => middleware.Reverse().Aggregate(function, (next, use) => use(next))(context);
}
