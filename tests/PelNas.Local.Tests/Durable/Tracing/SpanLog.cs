using System.Collections.Concurrent;
using System.Diagnostics;
using PelNas.Local.Durable.Tracing;

namespace PelNas.Local.Tests.Durable.Tracing;

/// <summary>The spans that end while it lives: those of the engine, and those that a test's activities open. Other tests' are among them.</summary>
internal sealed class SpanLog : IDisposable
{
    /// <summary>Source of the spans that a test's activities open.</summary>
    public static readonly ActivitySource Steps = new(StepSource);

    // A constant: listeners are asked about a source before the field that holds it is set.
    private const string StepSource = "PelNas.Local.Tests.Steps";

    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public SpanLog()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == OrchestrationTraces.SourceName || source.Name == StepSource,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Those of one trace.</summary>
    public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. _spans.Where(span => span.TraceId == trace)];

    public void Dispose() => _listener.Dispose();
}
