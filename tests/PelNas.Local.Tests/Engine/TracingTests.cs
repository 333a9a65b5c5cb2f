using System.Diagnostics;

namespace PelNas.Local.Tests.Engine;

/// <summary>
/// The spans are the Durable Task engine's; these are about what our storage has to keep for them. A span ends after whoever waits for its
/// orchestration has been told, so that the engine is stopped before they are looked at.
/// </summary>
public sealed class TracingTests : EngineTest
{
    private static readonly ActivitySource Source = new("PelNas.Local.Tests");

    private readonly ConcurrentBag<Activity> _spans = [];
    private readonly ActivityListener _listener;

    public TracingTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "PelNas.Local.Tests" or "DurableTask.Core",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Add,
        };
        ActivitySource.AddActivityListener(_listener);
        Functions.Activity<int, int>("Step", n =>
        {
            using Activity? step = Source.StartActivity($"step {n}");
            return n;
        });
    }

    [Fact]
    public async Task Steps_are_within_the_orchestration_that_called_them_and_that_within_its_caller()
    {
        Functions
            .Orchestrator("Outer", async c => await c.CallActivityAsync<int>("Step", 1) + await c.CallSubOrchestratorAsync<int>("Inner"))
            .Orchestrator("Inner", c => c.CallActivityAsync<int>("Step", 2));
        TestEngine engine = await StartAsync();
        ActivityTraceId trace = await RequestAsync(engine, "Outer", "outer");
        await engine.Client.FinishAsync("outer");
        await engine.DisposeAsync();

        Activity outer = Single(trace, "orchestration:Outer@(1.0)", ActivityKind.Server);
        Activity inner = Single(trace, "orchestration:Inner@(1.0)", ActivityKind.Server);
        Ancestors(outer).ShouldContain(Single(trace, "request"));
        Ancestors(inner).ShouldContain(outer);
        Ancestors(Single(trace, "step 1")).ShouldContain(outer);
        Ancestors(Single(trace, "step 1")).ShouldNotContain(inner);
        Ancestors(Single(trace, "step 2")).ShouldContain(inner);
    }

    [Fact]
    public async Task A_later_process_goes_on_within_the_same_span()
    {
        Functions.Orchestrator("Waits", async c =>
        {
            await c.CallActivityAsync<int>("Step", 1);
            await c.WaitForExternalEvent<int>("Go");
            await c.CallActivityAsync<int>("Step", 2);
        });
        ActivityTraceId trace;
        await using (TestEngine engine = await StartAsync())
        {
            trace = await RequestAsync(engine, "Waits", "waits");
            await engine.Log.WaitForAsync("waits", EventType.TaskCompleted);
        }

        TestEngine again = await StartAsync();
        await again.Client.RaiseEventAsync("waits", "Go", 1, Cancellation);
        await again.Client.FinishAsync("waits");
        await again.DisposeAsync();

        Activity span = Single(trace, "orchestration:Waits@(1.0)", ActivityKind.Server);
        Ancestors(Single(trace, "step 1")).ShouldContain(span);
        Ancestors(Single(trace, "step 2")).ShouldContain(span);
    }

    protected override void Dispose(bool disposing)
    {
        _listener.Dispose();
        base.Dispose(disposing);
    }

    private static async Task<ActivityTraceId> RequestAsync(TestEngine engine, string name, string id)
    {
        using Activity request = Source.StartActivity("request")!;
        await engine.Client.ScheduleAsync(name, id: id);
        return request.TraceId;
    }

    private Activity Single(ActivityTraceId trace, string name, ActivityKind? kind = null) =>
        _spans.Single(span => span.TraceId == trace && span.OperationName == name && (kind ?? span.Kind) == span.Kind);

    /// <summary>The spans that a span is within, by the ids that were recorded.</summary>
    private List<Activity> Ancestors(Activity span)
    {
        List<Activity> ancestors = [];
        while (_spans.FirstOrDefault(other => other.TraceId == span.TraceId && other.SpanId == span.ParentSpanId) is { } parent)
        {
            ancestors.Add(span = parent);
        }

        return ancestors;
    }
}
