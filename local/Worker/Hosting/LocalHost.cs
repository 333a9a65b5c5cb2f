using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PelNas.Local.Durable;
using PelNas.Local.Worker.Catalog;
using PelNas.Local.Worker.Durable;
using PelNas.Local.Worker.Http;
using PelNas.Local.Worker.Timers;

namespace PelNas.Local.Worker.Hosting;

/// <summary>Puts the parts of the host together: function catalogue, web server, timers and durable engine.</summary>
internal static class LocalHost
{
    /// <summary>The builder property that says the app asked for HTTP functions.</summary>
    public static readonly object WebApplicationKey = new();

    private static readonly Dictionary<string, string?> QuietWebServer = new() { ["Logging:LogLevel:Microsoft.AspNetCore"] = nameof(LogLevel.Warning) };

    /// <summary>Adds the host's services. What the app registers afterwards wins over them.</summary>
    public static void AddServices(WebApplicationBuilder builder)
    {
        // First, so that any other source of settings has the last word.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = QuietWebServer });
        var services = builder.Services;
        services.AddOptions<LocalHostOptions>().BindConfiguration(LocalHostOptions.Section).Validate(
            options => IPAddress.TryParse(options.Address, out _) && options.Port is >= 0 and <= IPEndPoint.MaxPort,
            "LocalHost:Address must be an IP address and LocalHost:Port a number from 0 to 65535.");
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => FunctionCatalog.Create(
            provider.GetRequiredService<IOptions<LocalHostOptions>>().Value, provider.GetRequiredService<IConfiguration>()));
        services.AddHostedService<TimerHost>();
        services.AddSingleton<IDurableFunctions, DurableFunctions>();
        services.AddOptions<LocalDurableOptions>().Configure<IOptions<LocalHostOptions>>((durable, options) =>
        {
            durable.HistoryPath = Path.Combine(options.Value.DataDirectory, "history.db");
            HostJson.Read(options.Value.HostJsonPath).Apply(durable);
        });
        services.AddLocalDurable();
        AddHttp(services);
    }

    /// <summary>Builds the host and checks the app's functions.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="isWebApplication">Whether the app asked for HTTP functions.</param>
    /// <exception cref="FunctionDefinitionException">Functions are declared wrongly.</exception>
    public static IHost Build(WebApplicationBuilder builder, bool isWebApplication)
    {
        var app = builder.Build();
        var catalog = app.Services.GetRequiredService<FunctionCatalog>();
        if (!app.Services.GetRequiredService<IOptions<LocalHostOptions>>().Value.EnableHttp)
        {
            return app;
        }

        if (!isWebApplication && catalog.Http.Any())
        {
            throw new FunctionDefinitionException(
                $"The app has the HTTP function '{catalog.Http.First().Name}' but does not serve HTTP: call builder.ConfigureFunctionsWebApplication().");
        }

        app.UseMiddleware<ProblemMiddleware>();
        app.UseRouting();
        app.UseMiddleware<KeyAuthorization>();
        foreach (var function in catalog.Http)
        {
            HttpFunctionEndpoint.Map(app, function);
        }

        var client = app.Services.GetRequiredService<DurableTaskClient>();
        var webhooks = new DurableWebhooks(
            app.Services.GetRequiredService<LocalHostAddress>(), app.Services.GetRequiredService<FunctionKeys>().DurableTask);
        client.ServeWebhooks(webhooks);
        new DurableManagementApi(client, webhooks, ActivatorUtilities.CreateInstance<InstanceChanges>(app.Services, client)).Map(app);
        return app;
    }

    private static void AddHttp(IServiceCollection services)
    {
        services.AddMvcCore();
        services.AddSingleton<ProblemMiddleware>();
        services.AddSingleton<KeyAuthorization>();
        services.AddSingleton<LocalHostAddress>();
        services.AddSingleton(provider => FunctionKeys.LoadOrCreate(provider.GetRequiredService<IOptions<LocalHostOptions>>().Value.ResolvedKeysPath));
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<LocalHostOptions>>((kestrel, options) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Value.MaxRequestBodyBytes;
            kestrel.Listen(IPAddress.Parse(options.Value.Address), options.Value.Port);
        });

        // The web host always starts a server; without HTTP it gets one that opens no port.
        var kestrel = services.Last(service => service.ServiceType == typeof(IServer));
        services.Replace(ServiceDescriptor.Singleton(provider => provider.GetRequiredService<IOptions<LocalHostOptions>>().Value.EnableHttp
            ? (IServer)ActivatorUtilities.CreateInstance(provider, kestrel.ImplementationType!)
            : new NoServer()));
        services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, NoRequestLines>();
    }
}
