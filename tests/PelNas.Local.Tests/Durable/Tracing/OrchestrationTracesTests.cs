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
    public async Task One_whose_callers_are_purged_stays_in_their_trace_within_the_span_that_called_it()
    {
        string middle = $"{_id}-m";
        string inner = $"{_id}-i";
        Functions
            .Orchestrator("Outer", c => StartAndLeave(c, "Middle", middle))
            .Orchestrator("Middle", c => StartAndLeave(c, "Inner", inner))
            .Orchestrator("Inner", async c =>
            {
                await c.WaitForExternalEvent<int>("Go");
                await c.CallActivityAsync<int>("Step", 1);
            });
        await using (DurableHost host = await StartAsync())
        {
            await host.RunAsync("Outer", id: _id);
            await host.FinishAsync(middle);
            await host.Client.PurgeInstanceAsync(_id, Cancellation);
            await host.Client.PurgeInstanceAsync(middle, Cancellation);
            await host.Client.RaiseEventAsync(inner, "Go", 1, Cancellation);
            await host.FinishAsync(inner);
        }

        Activity span = Single("orchestration:Inner");
        span.ParentSpanId.ShouldBe(Single("orchestration:Middle").SpanId);
        Single("step 1").ParentSpanId.ShouldBe(span.SpanId);
    }

    [Fact]
    public async Task One_that_takes_the_id_of_its_callers_caller_is_traced_to_its_end()
    {
        string middle = $"{_id}-m";
        Functions
            .Orchestrator("Outer", c => StartAndLeave(c, "Middle", middle))
            .Orchestrator("Middle", async c =>
            {
                await c.WaitForExternalEvent<int>("Go");
                await StartAndLeave(c, "Last", _id);
            })
            .Orchestrator("Last", c => c.CallActivityAsync<int>("Step", 1));
        await using (DurableHost host = await StartAsync())
        {
            await host.RunAsync("Outer", id: _id);
            await host.Client.PurgeInstanceAsync(_id, Cancellation);
            await host.Client.RaiseEventAsync(middle, "Go", 1, Cancellation);
            await host.FinishAsync(middle);
            await host.FinishAsync(_id);
        }

        Single("orchestration:Last").ParentSpanId.ShouldBe(Single("orchestration:Middle").SpanId);
        Single("step 1").ParentSpanId.ShouldBe(Single("orchestration:Last").SpanId);
    }

    [Fact]
    public async Task One_that_is_purged_as_soon_as_it_has_ended_has_its_span()
    {
        Functions.Orchestrator("Short", _ => Task.CompletedTask);
        await using (DurableHost host = await StartAsync())
        {
            host.Store.Committed += _ =>
            {
                if (host.Store.Read(connection => InstanceTable.Find(connection, _id)) is { HasEnded: true })
                {
                    host.Store.Write(transaction => InstancePurge.Purge(transaction, _id, recursive: false));
                }
            };
            await host.ScheduleAsync("Short", id: _id);
            await host.Log.WaitForAsync(_id, HistoryEventKind.ExecutionCompleted);
        }

        Spans.ShouldHaveSingleItem().GetTagItem("durabletask.task.status").ShouldBe("Completed");
    }

    [Fact]
    public async Task One_from_a_file_of_version_1_goes_on_in_the_trace_of_its_caller()
    {
        string inner = $"{_id}-i";
        Functions
            .Orchestrator("Outer", c => c.CallSubOrchestratorAsync<int>("Inner", options: new SubOrchestrationOptions(instanceId: inner)))
            .Orchestrator("Inner", async c =>
            {
                await c.WaitForExternalEvent<int>("Go");
                return await c.CallActivityAsync<int>("Step", 1);
            });
        await using (DurableHost host = await StartAsync())
        {
            await host.ScheduleAsync("Outer", id: _id);
            await host.Log.WaitForAsync(inner, HistoryEventKind.ExecutionStarted);
            host.Store.Read(connection => connection.Execute("ALTER TABLE instances DROP COLUMN trace_parent; PRAGMA user_version = 1"));
        }

        await using (DurableHost host = await StartAsync())
        {
            await host.Client.RaiseEventAsync(inner, "Go", 1, Cancellation);
            await host.FinishAsync(_id);
        }

        Single("step 1").ParentSpanId.ShouldBe(Single("orchestration:Inner").SpanId);
        Single("orchestration:Outer").ParentSpanId.ShouldBe(default);
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

    /// <summary>Starts a sub-orchestration and ends without waiting for it.</summary>
    private static Task StartAndLeave(TaskOrchestrationContext context, string name, string id)
    {
        _ = context.CallSubOrchestratorAsync(name, options: new SubOrchestrationOptions(instanceId: id));
        return Task.CompletedTask;
    }

    private Activity Single(string name) => Spans.Where(span => span.OperationName == name).ShouldHaveSingleItem();

    /// <summary>Runs an instance, and the host to its end: the span is sent after whoever waits has been told.</summary>
    private async Task RunAsync(string name)
    {
        await using DurableHost host = await StartAsync();
        (await host.RunAsync(name, id: _id)).RuntimeStatus.HasEnded().ShouldBeTrue();
    }
}
