using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using PelNas.Functions.Chat;
using PelNas.Shared.Llm.Providers;

namespace PelNas.Functions.Telemetry;

/// <summary>Sends the app's telemetry to where the settings say; without any, nothing is collected.</summary>
public static class TelemetryServices
{
    private const string ApplicationInsights = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string SiteName = "WEBSITE_SITE_NAME";
    private const string NameElsewhere = "pelnas";

    // The names by which the worker and the Functions host call a function's attributes; without it, those of 2022.
    private const string WorkerSchema = "1.37.0";

    // In the worker of the Functions host an activity function runs within a span of the first, whose parent is the activity's in the host:
    // so the worker's spans are in the trace of their orchestration. The second draws orchestrations, on the Functions host in the host's
    // own process and on the local host in this one.
    private const string Worker = "Microsoft.Azure.Functions.Worker";
    private const string Orchestrations = "DurableTask.Core";

    private const string Otlp = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Adds it, by what the configuration has at this time.</summary>
    public static IServiceCollection AddPelNasTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        bool toConsole = (configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new()).Console;
        bool toOtlp = !string.IsNullOrEmpty(configuration[Otlp]);
        string? connectionString = configuration[ApplicationInsights];
        if (!toConsole && !toOtlp && string.IsNullOrEmpty(connectionString))
        {
            return services;
        }

        OpenTelemetryBuilder telemetry = services.CollectPelNasTelemetry(configuration[SiteName]);
        if (toConsole)
        {
            telemetry.WithTracing(traces => traces.AddConsoleExporter()).WithMetrics(metrics => metrics.AddConsoleExporter());
        }

        if (toOtlp)
        {
            telemetry.UseOtlpExporter();
            SendOwnLogs(services);
        }

        if (!string.IsNullOrEmpty(connectionString))
        {
            telemetry.UseAzureMonitorExporter(options => Configure(options, connectionString, ChatIdentity.ClientIdIn(configuration)));
            SendOwnLogs(services);
        }

        return services;
    }

    /// <summary>
    /// Collects the app's spans and metrics, those of the requests to an LLM, and those in which the host runs functions. Requests to
    /// storage, some 600 in a search, to identities, the exporters' and the worker's to the host have none: the steps report their
    /// failures.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="siteName">The app's name in Azure; null or empty elsewhere. It shows as the role in Application Insights.</param>
    public static OpenTelemetryBuilder CollectPelNasTelemetry(this IServiceCollection services, string? siteName)
        => services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, siteName))
            .WithTracing(traces => traces
                .AddSource(TelemetryNames.Source, $"{TelemetryNames.Source}.*", Worker, Orchestrations)
                .AddProcessor(new PlaceProcessor())
                .AddHttpClientInstrumentation(http => http.FilterHttpRequestMessage = ProviderRequests.Includes))
            .WithMetrics(metrics => metrics.AddMeter(TelemetryNames.Source, $"{TelemetryNames.Source}.*"));

    /// <summary>Says which app it is. OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come last, so that they have the last word.</summary>
    private static void Describe(ResourceBuilder resource, string? siteName) => resource
        .AddService(
            string.IsNullOrEmpty(siteName) ? NameElsewhere : siteName,
            serviceVersion: typeof(TelemetryServices).Assembly.GetName().Version!.ToString(fieldCount: 3),
            autoGenerateServiceInstanceId: false)
        .AddEnvironmentVariableDetector();

    /// <summary>Tells the Functions host that the worker sends its logs itself, so that the host does not send them once more.</summary>
    private static void SendOwnLogs(IServiceCollection services) => services.Configure<WorkerOptions>(worker =>
    {
        worker.Capabilities["WorkerOpenTelemetryEnabled"] = bool.TrueString;
        worker.Capabilities["WorkerOpenTelemetrySchemaVersion"] = WorkerSchema;
    });

    private static void Configure(AzureMonitorExporterOptions options, string connectionString, string? clientId)
    {
        options.ConnectionString = connectionString;
        // A search is one trace: sampling would lose searches, not spans of all of them.
        options.SamplingRatio = 1;
        options.TracesPerSecond = null;
        options.EnableLiveMetrics = false;
        if (!string.IsNullOrEmpty(clientId))
        {
            options.Credential = new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
        }
    }
}

/// <summary>
/// Where telemetry goes besides Application Insights, from the configuration section <c>PelNas:Telemetry</c>. With
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> set it also goes there by OTLP.
/// </summary>
public sealed class TelemetryOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "PelNas:Telemetry";

    /// <summary>Whether spans and metrics are written to standard output.</summary>
    public bool Console { get; set; }
}
