using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using PelNas.Local.Engine;
using PelNas.Local.Host.Catalog;
using PelNas.Local.Host.Http;
using PelNas.Local.Host.Timers;

namespace PelNas.Local.Host;

/// <summary>
/// Runs a Functions app where there is no Functions host: HTTP functions on Kestrel, timers, and orchestrations on the Durable Task engine
/// over an embedded SQLite file. For development and for one machine.
/// </summary>
public static class LocalHost
{
    private static readonly Dictionary<string, string?> QuietWebServer = new()
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = nameof(LogLevel.Warning),
    };

    /// <summary>Whether a Functions host has started this process, which then is to be its worker.</summary>
    /// <param name="builder">The worker's builder, which reads what the host passes on.</param>
    public static bool HasFunctionsHost(FunctionsApplicationBuilder builder) =>
        !string.IsNullOrEmpty(builder.Configuration["Functions:Worker:HostEndpoint"]);

    /// <summary>A builder with the host's services. What the app registers afterwards wins over them.</summary>
    /// <param name="args">The command line, which also holds settings.</param>
    /// <param name="withHttp">Whether HTTP functions are served. If not, no port is opened and no key is made.</param>
    public static LocalHostBuilder CreateBuilder(string[] args, bool withHttp = true)
    {
        // The app's own folder: a settings file in whatever folder a user stands in is none of the app's.
        string folder = AppContext.BaseDirectory;
        if (!withHttp)
        {
            HostApplicationBuilder plain = new(new HostApplicationBuilderSettings { Args = args, ContentRootPath = folder });
            AddFunctions(plain.Services);
            return new LocalHostBuilder(plain, plain.Build);
        }

        WebApplicationBuilder web = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = folder });

        // First, so that any other source of settings has the last word.
        web.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = QuietWebServer });
        AddFunctions(web.Services);
        AddHttp(web.Services);
        return new LocalHostBuilder(web, () => Map(web.Build()));
    }

    /// <summary>
    /// Where a host that has started can be reached, on loopback if it listens on all addresses: <c>http://127.0.0.1:7071/</c>.
    /// </summary>
    public static Uri AddressOf(IServiceProvider services)
        => new(services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()
            .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal).Replace("//[::]", "//[::1]", StringComparison.Ordinal));

    private static void AddFunctions(IServiceCollection services)
    {
        services.AddOptions<LocalHostOptions>().BindConfiguration(LocalHostOptions.Section).Validate(
            options => IPAddress.TryParse(options.Address, out _) && options.Port is >= 0 and <= IPEndPoint.MaxPort,
            "LocalHost:Address must be an IP address and LocalHost:Port a number from 0 to 65535.");
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<FunctionCatalog>();
        services.AddHostedService<TimerHost>();
        services.AddSingleton<IDurableFunctions, DurableFunctions>();
        services.AddOptions<EngineOptions>().Configure<IOptions<LocalHostOptions>>((engine, options) =>
        {
            engine.HistoryPath = Path.Combine(options.Value.DataDirectory, "history.db");
            new HostJson(options.Value.HostJsonPath).Apply(engine);
        });
        services.AddDurableEngine();
    }

    private static WebApplication Map(WebApplication app)
    {
        FunctionCatalog catalog = app.Services.GetRequiredService<FunctionCatalog>();
        FunctionKeys keys = app.Services.GetRequiredService<FunctionKeys>();
        app.UseFailureAnswers();
        string prefix = new HostJson(app.Services.GetRequiredService<IOptions<LocalHostOptions>>().Value.HostJsonPath).RoutePrefix;
        foreach (FunctionDescriptor function in catalog.Http)
        {
            HttpFunctionEndpoint.Map(app, prefix, function, keys);
        }

        return app;
    }

    private static void AddHttp(IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            // Opens the history first, which lets one process have the folder, so that no two make keys at once.
            provider.GetRequiredService<DurableTaskClient>();
            return FunctionKeys.LoadOrCreate(
                Path.Combine(provider.GetRequiredService<IOptions<LocalHostOptions>>().Value.DataDirectory, "keys.json"));
        });
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<LocalHostOptions>>((kestrel, options) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Parse(options.Value.Address), options.Value.Port);
        });

        // The web server's own lines about each request hold the whole address, and with it the key that a caller may have put into the
        // query. A rule for one log beats a rule for all, so each log that has rules of its own gets this one, too.
        services.PostConfigure<LoggerFilterOptions>(log =>
        {
            foreach (string? provider in log.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList())
            {
                log.Rules.Add(new LoggerFilterRule(provider, "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None, filter: null));
            }
        });
    }
}
