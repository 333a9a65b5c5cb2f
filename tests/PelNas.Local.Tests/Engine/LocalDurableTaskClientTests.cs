using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PelNas.Local.Tests.Engine;

public sealed class LocalDurableTaskClientTests : EngineTest
{
    private const string ChildTerminated = "OrchestrationTerminated: The orchestration instance 'child' was terminated.";

    public LocalDurableTaskClientTests() => Functions
        .Orchestrator("Echo", c => Task.FromResult(c.GetInput<string>()))
        .Orchestrator("Waits", c => c.WaitForExternalEvent<int>("N"))
        .Orchestrator("Calls", async c =>
        {
            try
            {
                SubOrchestrationOptions options = new(instanceId: c.GetInput<string>());
                return $"{await c.CallSubOrchestratorAsync<int>("Waits", options: options)}";
            }
            catch (Microsoft.DurableTask.TaskFailedException e)
            {
                return e.FailureDetails.ToString();
            }
        });

    [Fact]
    public async Task A_start_without_an_id_makes_one_and_one_that_is_not_valid_is_refused()
    {
        await using TestEngine engine = await StartAsync();

        (await engine.ScheduleAsync("Echo")).Length.ShouldBe(32);
        await Should.ThrowAsync<ArgumentException>(() => engine.ScheduleAsync("Echo", id: "a/b"));
        await Should.ThrowAsync<ArgumentException>(() => engine.ScheduleAsync(string.Empty));
    }

    [Fact]
    public async Task Tags_and_version_are_shown_and_nothing_of_the_engines()
    {
        Functions.Orchestrator("Version", c => Task.FromResult(c.Version));
        await using TestEngine engine = await StartAsync(configure: options => options.DefaultVersion = "2.1");
        StartOrchestrationOptions options = new() { Tags = new Dictionary<string, string> { ["kind"] = "test" }, Version = "2.0" };

        string tagged = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Version", null, options, Cancellation);

        OrchestrationMetadata end = await engine.FinishAsync(tagged);
        end.Tags.ShouldBe(options.Tags);
        end.ReadOutputAs<string>().ShouldBe("2.0");
        (await engine.RunAsync("Version")).Tags.ShouldBeEmpty();
        (await engine.RunAsync("Version")).ReadOutputAs<string>().ShouldBe("2.1");
    }

    [Fact]
    public async Task What_an_instances_status_does_not_allow_is_refused()
    {
        await using TestEngine engine = await StartAsync();
        string waits = await engine.ScheduleAsync("Waits");
        string ended = (await engine.RunAsync("Echo")).InstanceId;
        await engine.Client.WaitForInstanceStartAsync(waits, Cancellation);

        await RefusedAsync(() => engine.Client.ResumeInstanceAsync(waits, null, Cancellation), "Cannot resume", "Running");
        await engine.Client.SuspendInstanceAsync(waits, null, Cancellation);
        await engine.Log.WaitForAsync(waits, EventType.ExecutionSuspended);
        await RefusedAsync(() => engine.Client.SuspendInstanceAsync(waits, null, Cancellation), "Cannot suspend", "Suspended");
        await RefusedAsync(() => engine.Client.TerminateInstanceAsync(ended, Cancellation), "Cannot terminate", "Completed");
        await RefusedAsync(() => engine.Client.RaiseEventAsync(ended, "N", 1, Cancellation), "Cannot raise an event for", "Completed");
        await RefusedAsync(() => engine.Client.SuspendInstanceAsync(ended, null, Cancellation), "Cannot suspend", "Completed");

        static async Task RefusedAsync(Func<Task> call, string verb, string status)
        {
            string message = (await Should.ThrowAsync<InvalidOperationException>(call)).Message;
            message.ShouldStartWith(verb);
            message.ShouldEndWith($"because it is {status}.");
        }
    }

    [Fact]
    public async Task An_instance_that_does_not_exist_is_named()
    {
        await using TestEngine engine = await StartAsync();
        DurableTaskClient client = engine.Client;

        foreach (Func<Task> call in (Func<Task>[])
            [
                () => client.RaiseEventAsync("none", "N", 1, Cancellation), () => client.TerminateInstanceAsync("none", Cancellation),
                () => client.SuspendInstanceAsync("none", null, Cancellation), () => client.ResumeInstanceAsync("none", null, Cancellation),
                () => client.RestartAsync("none", false, Cancellation), () => client.GetOrchestrationHistoryAsync("none", Cancellation),
            ])
        {
            ArgumentException e = await Should.ThrowAsync<ArgumentException>(call);
            e.Message.ShouldStartWith("There is no orchestration instance with the id 'none'.");
        }

        await Should.ThrowAsync<InvalidOperationException>(() => client.WaitForInstanceCompletionAsync("none", Cancellation));
        (await client.GetInstanceAsync("none", Cancellation)).ShouldBeNull();
        (await client.PurgeInstanceAsync("none", Cancellation)).PurgedInstanceCount.ShouldBe(0);
    }

    [Fact]
    public async Task Waits_end_with_the_engine_and_with_their_own_cancellation()
    {
        TestEngine engine = await StartAsync();
        string id = await engine.ScheduleAsync("Waits");
        using CancellationTokenSource cancelled = new();
        Task ofCaller = engine.Client.WaitForInstanceCompletionAsync(id, cancelled.Token);
        Task ofEngine = engine.Client.WaitForInstanceCompletionAsync(id, CancellationToken.None);

        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Awaiting.For(ofCaller, "the cancelled wait"));
        ofEngine.IsCompleted.ShouldBeFalse();
        await engine.DisposeAsync();

        Exception? end = await Record.ExceptionAsync(() => ofEngine);
        end.ShouldBeOfType<OperationCanceledException>().Message.ShouldContain("go on when it is started again");
    }

    [Fact]
    public async Task A_client_can_start_instances_before_the_engine_runs()
    {
        await using TestEngine engine = Create();
        string id = await engine.ScheduleAsync("Waits");
        await engine.Client.RaiseEventAsync(id, "N", 3, Cancellation);
        (await engine.Client.GetInstanceAsync(id, Cancellation))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Pending);

        await engine.StartAsync();

        (await engine.FinishAsync(id)).ReadOutputAs<int>().ShouldBe(3);
    }

    [Fact]
    public async Task The_statuses_to_deduplicate_by_decide_whether_an_instance_is_replaced()
    {
        await using TestEngine engine = await StartAsync();
        string id = await engine.ScheduleAsync("Calls", "child");
        await engine.Log.WaitForAsync("child", EventType.ExecutionStarted);

        await Should.ThrowAsync<OrchestrationAlreadyExistsException>(() => ReplaceAsync("Running"));
        await Should.ThrowAsync<ArgumentException>(() => ReplaceAsync("Walking"));
        await Should.ThrowAsync<ArgumentException>(() => ReplaceAsync("Terminated"));
        await ReplaceAsync();

        (await engine.FinishAsync(id)).ReadOutputAs<string>().ShouldBe(ChildTerminated);
        (await engine.FinishAsync("child")).ReadOutputAs<string>().ShouldBe("new");
        await Should.ThrowAsync<OrchestrationAlreadyExistsException>(() => ReplaceAsync("Pending", "Running", "Suspended", "Completed"));

        Task<string> ReplaceAsync(params string[] statuses) => engine.Client.ScheduleNewOrchestrationInstanceAsync(
            "Echo", "new", new StartOrchestrationOptions("child") { DedupeStatuses = statuses }, Cancellation);
    }

    [Fact]
    public async Task A_start_that_meets_its_predecessors_end_is_not_lost()
    {
        await using TestEngine engine = await StartAsync();
        StartOrchestrationOptions replace = new("same") { DedupeStatuses = [] };
        for (int i = 0; i < 200; i++)
        {
            // Some come while the one before is at its first turn, some at its end, some after it.
            await engine.Client.ScheduleNewOrchestrationInstanceAsync("Echo", $"{i}", replace, Cancellation);
            if (i % 3 == 0)
            {
                (await engine.FinishAsync("same")).ReadOutputAs<string>().ShouldBe($"{i}");
            }
        }

        (await engine.FinishAsync("same")).ReadOutputAs<string>().ShouldBe("199");
    }

    [Fact]
    public async Task An_instance_starts_when_it_is_to_and_what_comes_before_is_kept()
    {
        await using TestEngine engine = await StartAsync();
        StartOrchestrationOptions tomorrow = new("later", engine.Time.GetUtcNow().AddDays(1));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", null, tomorrow, Cancellation);
        await engine.Client.RaiseEventAsync("later", "N", 8, Cancellation);
        engine.Time.Advance(TimeSpan.FromHours(23));
        await engine.RunAsync("Echo");
        (await engine.Client.GetInstanceAsync("later", Cancellation))!.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Pending);

        engine.Time.Advance(TimeSpan.FromHours(1));

        (await engine.FinishAsync("later")).ReadOutputAs<int>().ShouldBe(8);
    }

    [Fact]
    public async Task An_instance_that_has_not_started_is_terminated_without_a_start()
    {
        await using TestEngine engine = await StartAsync();
        StartOrchestrationOptions tomorrow = new("later", engine.Time.GetUtcNow().AddDays(1));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", null, tomorrow, Cancellation);

        await engine.Client.TerminateInstanceAsync("later", "not needed", Cancellation);

        (await engine.FinishAsync("later")).ReadOutputAs<string>().ShouldBe("not needed");
        (await engine.Client.GetOrchestrationHistoryAsync("later", Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_caller_is_told_of_its_sub_orchestrations_termination_and_of_an_id_that_is_taken()
    {
        await using TestEngine engine = await StartAsync();
        string first = await engine.ScheduleAsync("Calls", "child");
        await engine.Log.WaitForAsync("child", EventType.ExecutionStarted);

        // On the storage backend the second caller would wait for an answer that never comes.
        (await engine.RunAsync("Calls", "child")).ReadOutputAs<string>()!.ShouldContain("the id 'child' exists and is Running.");
        await engine.Client.TerminateInstanceAsync("child", Cancellation);

        (await engine.FinishAsync(first)).ReadOutputAs<string>().ShouldBe(ChildTerminated);
    }

    [Fact]
    public async Task A_sub_orchestration_outlives_its_terminated_caller()
    {
        await using TestEngine engine = await StartAsync();
        string caller = await engine.ScheduleAsync("Calls", "child");
        await engine.Log.WaitForAsync("child", EventType.ExecutionStarted);
        await engine.Client.TerminateInstanceAsync(caller, new TerminateInstanceOptions(Recursive: true), Cancellation);
        await engine.FinishAsync(caller);

        await engine.Client.RaiseEventAsync("child", "N", 4, Cancellation);

        (await engine.FinishAsync("child")).ReadOutputAs<int>().ShouldBe(4);
    }

    [Fact]
    public async Task Purging_takes_the_sub_orchestrations_along_when_asked_and_nothing_that_runs()
    {
        await using TestEngine engine = await StartAsync();
        string caller = await engine.ScheduleAsync("Calls", "child");
        await engine.Log.WaitForAsync("child", EventType.ExecutionStarted);
        (await engine.Client.PurgeInstanceAsync(caller, Cancellation)).PurgedInstanceCount.ShouldBe(0);
        await engine.Client.RaiseEventAsync("child", "N", 1, Cancellation);
        await engine.FinishAsync(caller);

        PurgeResult purged = await engine.Client.PurgeInstanceAsync(caller, new PurgeInstanceOptions(Recursive: true), Cancellation);

        purged.PurgedInstanceCount.ShouldBe(2);
        purged.IsComplete.ShouldBe(true);
        (await engine.Client.GetInstanceAsync("child", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task A_purge_by_filter_goes_by_the_start_and_can_be_limited_in_time()
    {
        await using TestEngine engine = await StartAsync();
        for (int i = 0; i < 60; i++)
        {
            await engine.RunAsync("Echo", id: $"early-{i}");
        }

        engine.Time.Advance(TimeSpan.FromDays(1));
        await engine.RunAsync("Echo", id: "late");
        PurgeInstancesFilter filter = new(CreatedTo: engine.Time.GetUtcNow().AddHours(-1)) { Timeout = TimeSpan.FromTicks(1) };
        engine.Time.AutoAdvanceAmount = TimeSpan.FromSeconds(1);

        PurgeResult first = await engine.Client.PurgeAllInstancesAsync(filter, Cancellation);
        PurgeResult rest = await engine.Client.PurgeAllInstancesAsync(filter with { Timeout = null }, Cancellation);

        (first.PurgedInstanceCount, first.IsComplete).ShouldBe((50, false));
        (rest.PurgedInstanceCount, rest.IsComplete).ShouldBe((10, true));
        (await engine.Client.GetInstanceAsync("late", Cancellation)).ShouldNotBeNull();
        filter = filter with { Timeout = TimeSpan.Zero };
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => engine.Client.PurgeAllInstancesAsync(filter, Cancellation));
    }

    [Fact]
    public async Task Pages_come_in_the_order_of_the_starts_and_with_payloads_only_when_asked()
    {
        await using TestEngine engine = await StartAsync();
        foreach (string id in (string[])["b", "a", "d", "c"])
        {
            await engine.RunAsync("Echo", $"of {id}", id);
        }

        List<Page<OrchestrationMetadata>> pages = [];
        OrchestrationQuery query = new() { PageSize = 3 };
        await foreach (Page<OrchestrationMetadata> page in engine.Client.GetAllInstancesAsync(query).AsPages())
        {
            pages.Add(page);
        }

        pages.Select(page => string.Concat(page.Values.Select(instance => instance.InstanceId))).ShouldBe(["bad", "c"]);
        pages[0].Values[0].SerializedInput.ShouldBeNull();
        query = new OrchestrationQuery { ContinuationToken = "x" };
        await using IAsyncEnumerator<OrchestrationMetadata> all = engine.Client.GetAllInstancesAsync(query).GetAsyncEnumerator(Cancellation);
        await Should.ThrowAsync<ArgumentException>(async () => await all.MoveNextAsync());
    }
}
