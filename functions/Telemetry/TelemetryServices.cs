using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using PelNas.Shared.Telemetry;

namespace PelNas.Functions.Telemetry;

/// <summary>Sends the app's telemetry to where the settings say; without any, nothing is collected.</summary>
public static class TelemetryServices
{
    private const string ApplicationInsights = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string ClientId = "AZURE_CLIENT_ID";
    private const string Otlp = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Adds it, by what the configuration has at this time.</summary>
    public static IServiceCollection AddPelNasTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        bool toConsole = (configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new()).Console;
        bool toOtlp = !string.IsNullOrEmpty(configuration[Otlp]);
        string? connectionString = configuration[ApplicationInsights];
        if (!toConsole && !toOtlp && string.IsNullOrEmpty(connectionString))
        {
            return services;
        }

        OpenTelemetryBuilder telemetry = services.CollectPelNasTelemetry();
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
            telemetry.UseAzureMonitorExporter(options => Configure(options, connectionString, configuration[ClientId]));
            SendOwnLogs(services);
        }

        return services;
    }

    /// <summary>Collects the app's spans and metrics, the spans of its calls to the LLM, and the spans in which the worker runs functions.</summary>
    public static OpenTelemetryBuilder CollectPelNasTelemetry(this IServiceCollection services) => services.AddOpenTelemetry()
        .WithTracing(traces => traces
            .AddSource(TelemetryNames.Source, $"{TelemetryNames.Source}.*", "Microsoft.Azure.Functions.Worker")
            .AddHttpClientInstrumentation(http => http.FilterHttpRequestMessage = TracedHttp.Includes))
        .WithMetrics(metrics => metrics.AddMeter(TelemetryNames.Source, $"{TelemetryNames.Source}.*"));

    /// <summary>Tells the Functions host that the worker sends its logs itself, so that the host does not send them once more.</summary>
    private static void SendOwnLogs(IServiceCollection services) =>
        services.Configure<WorkerOptions>(worker => worker.Capabilities["WorkerOpenTelemetryEnabled"] = bool.TrueString);

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
