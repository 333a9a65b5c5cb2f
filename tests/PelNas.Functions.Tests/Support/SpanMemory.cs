using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using PelNas.Functions.Telemetry;

namespace PelNas.Functions.Tests.Support;

/// <summary>
/// An exporter that keeps the spans which the app collects. Sources are the process's, so those of other tests' apps are among them.
/// </summary>
internal sealed class SpanMemory : BaseExporter<Activity>
{
    private readonly ConcurrentQueue<Activity> _spans = new();

    /// <summary>Those of the one trace that all steps of a run are in.</summary>
    public IReadOnlyList<Activity> Of(string runId)
    {
        ActivityTraceId trace = _spans.Where(span => span.GetTagItem(TelemetryNames.RunId) as string == runId)
            .Select(span => span.TraceId).Distinct().ShouldHaveSingleItem();
        return [.. _spans.Where(span => span.TraceId == trace)];
    }

    /// <summary>Has an app collect its telemetry as it does for any exporter, and send it here.</summary>
    public void AddTo(IServiceCollection services) => services.CollectPelNasTelemetry(siteName: null)
        .WithTracing(traces => traces.AddProcessor(_ => new SimpleActivityExportProcessor(this)));

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (Activity span in batch)
        {
            _spans.Enqueue(span);
        }

        return ExportResult.Success;
    }
}
