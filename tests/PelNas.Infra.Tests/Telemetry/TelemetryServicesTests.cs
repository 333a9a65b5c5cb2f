using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using PelNas.Functions.Telemetry;
using PelNas.Shared.Common;

namespace PelNas.Infra.Tests.Telemetry;

/// <summary>Where telemetry goes by the settings.</summary>
public sealed class TelemetryServicesTests
{
    // Tells the Functions host that the worker sends its logs itself.
    private const string OwnLogs = "WorkerOpenTelemetryEnabled";

    [Fact]
    public async Task Without_a_place_to_send_it_nothing_is_collected()
    {
        await using ServiceProvider services = Provide([]);
        services.GetService<TracerProvider>().ShouldBeNull();
        Capabilities(services).Keys.ShouldNotContain(OwnLogs);
    }

    [Fact]
    public async Task The_console_gets_spans_and_the_host_keeps_the_logs()
    {
        await using ServiceProvider services = Provide(new() { ["PelNas:Telemetry:Console"] = "true" });
        services.GetService<TracerProvider>().ShouldNotBeNull();
        Capabilities(services).Keys.ShouldNotContain(OwnLogs);
    }

    [Fact]
    public async Task An_OTLP_endpoint_gets_spans_and_metrics()
    {
        ConcurrentDictionary<string, string> received = new();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using WebApplication collector = builder.Build();
        collector.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using MemoryStream body = new();
            await request.Body.CopyToAsync(body);
            received[signal] = Encoding.UTF8.GetString(body.ToArray());
        });
        await collector.StartAsync(Cancellation);

        await using ServiceProvider services = Provide(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.Single(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        });
        TracerProvider traces = services.GetRequiredService<TracerProvider>();
        MeterProvider metrics = services.GetRequiredService<MeterProvider>();
        using (ActivitySource source = new(TelemetryNames.Source))
        using (Activity span = source.StartActivity("PlanSearch").ShouldNotBeNull())
        {
            new StepPlace("20260301-120000-otlp").Describe(span);
        }

        SearchMetrics.StepDuration.Record(1);
        traces.ForceFlush().ShouldBeTrue();
        metrics.ForceFlush().ShouldBeTrue();

        received["traces"].ShouldContain("PlanSearch");
        received["traces"].ShouldContain("20260301-120000-otlp");
        received["metrics"].ShouldContain(TelemetryNames.StepDuration);
        Capabilities(services)[OwnLogs].ShouldBe("True");
        Capabilities(services)["WorkerOpenTelemetrySchemaVersion"].ShouldBe("1.37.0");
    }

    [Theory]
    [InlineData("my-function-app", "my-function-app")]
    [InlineData("", "pelnas")]
    [InlineData(null, "pelnas")]
    public async Task Telemetry_says_which_app_and_version_it_is_of(string? siteName, string expected)
    {
        await using ServiceProvider services = Provide(new() { ["PelNas:Telemetry:Console"] = "true", ["WEBSITE_SITE_NAME"] = siteName });
        Dictionary<string, object> resource = services.GetRequiredService<TracerProvider>().GetResource().Attributes.ToDictionary();
        resource["service.name"].ShouldBe(expected);
        resource["service.version"].ShouldBe(typeof(TelemetryServices).Assembly.GetName().Version!.ToString(3));
    }

    private static IDictionary<string, string> Capabilities(ServiceProvider services)
        => services.GetRequiredService<IOptions<WorkerOptions>>().Value.Capabilities;

    private static ServiceProvider Provide(Dictionary<string, string?> settings)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        ServiceCollection services = new();
        services.AddSingleton(configuration);
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddPelNasTelemetry(configuration);
        return services.BuildServiceProvider();
    }
}
