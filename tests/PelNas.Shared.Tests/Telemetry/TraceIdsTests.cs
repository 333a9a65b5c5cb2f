using System.Diagnostics;
using PelNas.Shared.Telemetry;

namespace PelNas.Shared.Tests.Telemetry;

public sealed class TraceIdsTests
{
    private const string RunId = "20260301-120000-test";

    [Fact]
    public void Without_an_open_span_the_trace_follows_from_the_run()
    {
        Activity.Current = null;

        ActivityContext parent = TraceIds.ParentOf(RunId);

        parent.TraceId.ShouldBe(TraceIds.Of(RunId));
        parent.SpanId.ShouldBe(default);
        parent.TraceFlags.ShouldBe(ActivityTraceFlags.Recorded);
        TraceIds.ParentOf("another").TraceId.ShouldNotBe(parent.TraceId);
    }

    [Fact]
    public void With_one_it_is_the_parent()
    {
        using Activity open = new Activity("host").Start();

        TraceIds.ParentOf(RunId).ShouldBe(default);
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == nameof(TraceIdsTests),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);
        using ActivitySource source = new(nameof(TraceIdsTests));
        using Activity step = source.StartActivity("step", ActivityKind.Internal, TraceIds.ParentOf(RunId)).ShouldNotBeNull();
        (step.TraceId, step.ParentSpanId).ShouldBe((open.TraceId, open.SpanId));
    }
}
