using System.Diagnostics;
using Microsoft.DurableTask;
using PelNas.Local.Durable.History;
using PelNas.Local.Durable.Tracing;

namespace PelNas.Local.Tests.Durable.Tracing;

public sealed class OrchestrationTracesTests : DurableTest
{
    private readonly SpanLog _log = new();
    private readonly string _id = $"traced-{Guid.NewGuid():N}";

    public OrchestrationTracesTests() => Functions.Activity<int, int>("Step", n =>
    {
        using Activity? span = SpanLog.Steps.StartActivity($"step {n}");
        return n;
    });

    private IReadOnlyList<Activity> Spans => _log.Of(SpanIds.TraceOf(_id));

    [Fact]
    public async Task Steps_are_within_the_orchestration_that_called_them_and_that_within_its_caller()
    {
        Functions
            .Orchestrator("Outer", async c =>
            {
                await c.CallActivityAsync<int>("Step", 1);
                return await c.CallSubOrchestratorAsync<int>("Inner", options: new SubOrchestrationOptions(instanceId: $"{c.InstanceId}-p0"));
            })
            .Orchestrator("Inner", c => c.CallActivityAsync<int>("Step", 2));
        await RunAsync("Outer");

        Spans.Count.ShouldBe(4);
        Activity outer = Single("orchestration:Outer");
        Activity inner = Single("orchestration:Inner");
        outer.ParentSpanId.ShouldBe(default);
        Single("step 1").ParentSpanId.ShouldBe(outer.SpanId);
        inner.ParentSpanId.ShouldBe(outer.SpanId);
        Single("step 2").ParentSpanId.ShouldBe(inner.SpanId);
        outer.Kind.ShouldBe(ActivityKind.Server);
        outer.GetTagItem("durabletask.type").ShouldBe("orchestration");
        outer.GetTagItem("durabletask.task.name").ShouldBe("Outer");
        outer.GetTagItem("durabletask.task.instance_id").ShouldBe(_id);
        outer.GetTagItem("durabletask.task.status").ShouldBe("Completed");
        outer.Id.ShouldBe($"00-{outer.TraceId}-{outer.SpanId}-01");
    }

    [Fact]
    public async Task One_that_starts_anew_and_is_replayed_has_one_span_from_its_start_to_its_end()
    {
        Functions.Orchestrator("Again", async c =>
        {
            int run = c.GetInput<int>();
            await c.CallActivityAsync<int>("Step", run);
            await c.CallActivityAsync<int>("Step", run + 10);
            await c.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            if (run < 2)
            {
                c.ContinueAsNew(run + 1);
            }
        });
        await using (DurableHost host = await StartAsync())
        {
            await host.ScheduleAsync("Again", 1, _id);
            await host.AdvanceAfterTimerAsync(_id, TimeSpan.FromHours(1));
            await host.AdvanceAfterTimerAsync(_id, TimeSpan.FromHours(1), timers: 2);
            await host.FinishAsync(_id);
        }

        Activity span = Single("orchestration:Again");
        span.StartTimeUtc.ShouldBe(new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc));
        span.Duration.ShouldBe(TimeSpan.FromHours(2));
        Spans.Where(other => other != span).Select(step => step.ParentSpanId).ShouldBe(Enumerable.Repeat(span.SpanId, 4));
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
        await using (DurableHost host = await StartAsync())
        {
            await host.ScheduleAsync("Waits", id: _id);
            await host.Log.WaitForAsync(_id, HistoryEventKind.TaskCompleted, 1);
        }

        Spans.ShouldHaveSingleItem().OperationName.ShouldBe("step 1");
        await using (DurableHost host = await StartAsync())
        {
            await host.Client.RaiseEventAsync(_id, "Go", 1, Cancellation);
            await host.FinishAsync(_id);
        }

        Activity span = Single("orchestration:Waits");
        Single("step 1").ParentSpanId.ShouldBe(span.SpanId);
        Single("step 2").ParentSpanId.ShouldBe(span.SpanId);
    }

    [Fact]
    public async Task One_that_fails_says_so()
    {
        Functions.Orchestrator("Fails", Task<int> (_) => throw new InvalidOperationException("It had to be."));
        await RunAsync("Fails");

        Activity span = Spans.ShouldHaveSingleItem();
        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.StatusDescription.ShouldBe("It had to be.");
        span.GetTagItem("durabletask.task.status").ShouldBe("Failed");
    }

    [Fact]
    public async Task One_that_is_terminated_says_so()
    {
        Functions.Orchestrator("Waits", c => c.WaitForExternalEvent<int>("Never"));
        await using (DurableHost host = await StartAsync())
        {
            await host.ScheduleAsync("Waits", id: _id);
            await host.Client.TerminateInstanceAsync(_id, cancellation: Cancellation);
            await host.FinishAsync(_id);
        }

        Activity span = Spans.ShouldHaveSingleItem();
        span.GetTagItem("durabletask.task.status").ShouldBe("Terminated");
        span.Status.ShouldBe(ActivityStatusCode.Error);
    }

    [Fact]
    public async Task One_that_takes_the_place_of_an_ended_one_has_another_span()
    {
        Functions.Orchestrator("Short", _ => Task.CompletedTask);
        await RunAsync("Short");
        Time.Advance(TimeSpan.FromSeconds(1));
        await RunAsync("Short");

        Spans.Count.ShouldBe(2);
        Spans.Select(span => span.SpanId).Distinct().Count().ShouldBe(2);
    }

    protected override void Dispose(bool disposing)
    {
        _log.Dispose();
        base.Dispose(disposing);
    }

    private Activity Single(string name) => Spans.Where(span => span.OperationName == name).ShouldHaveSingleItem();

    /// <summary>Runs an instance, and the host to its end: the span is sent after whoever waits has been told.</summary>
    private async Task RunAsync(string name)
    {
        await using DurableHost host = await StartAsync();
        (await host.RunAsync(name, id: _id)).RuntimeStatus.HasEnded().ShouldBeTrue();
    }
}
