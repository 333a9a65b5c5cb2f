namespace PelNas.Local.Tests.Engine;

public sealed partial class LocalDurableTaskClientTests : EngineTest
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
    public async Task What_an_instances_status_does_not_allow_is_refused()
    {
        await using TestEngine engine = await StartAsync();
        string waits = await engine.Client.ScheduleAsync("Waits");
        string ended = (await engine.Client.RunAsync("Echo")).InstanceId;
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
        Func<Task>[] calls =
        [
            () => client.RaiseEventAsync("none", "N", 1, Cancellation), () => client.TerminateInstanceAsync("none", Cancellation),
            () => client.SuspendInstanceAsync("none", null, Cancellation), () => client.ResumeInstanceAsync("none", null, Cancellation),
            () => client.RestartAsync("none", false, Cancellation), () => client.GetOrchestrationHistoryAsync("none", Cancellation),
        ];

        foreach (Func<Task> call in calls)
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
        string id = await engine.Client.ScheduleAsync("Waits");
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
    public async Task A_caller_is_told_of_its_sub_orchestrations_termination_and_of_an_id_that_is_taken()
    {
        await using TestEngine engine = await StartAsync();
        string first = await ScheduleWithChildAsync(engine);

        // On the storage backend the second caller would wait for an answer that never comes.
        (await engine.Client.RunAsync("Calls", "child")).ReadOutputAs<string>()!.ShouldContain("the id 'child' exists and is Running.");
        await engine.Client.TerminateInstanceAsync("child", Cancellation);

        (await engine.Client.FinishAsync(first)).ReadOutputAs<string>().ShouldBe(ChildTerminated);
    }

    [Fact]
    public async Task A_sub_orchestration_outlives_its_terminated_caller()
    {
        await using TestEngine engine = await StartAsync();
        string caller = await ScheduleWithChildAsync(engine);
        await engine.Client.TerminateInstanceAsync(caller, new TerminateInstanceOptions(Recursive: true), Cancellation);
        await engine.Client.FinishAsync(caller);

        await engine.Client.RaiseEventAsync("child", "N", 4, Cancellation);

        (await engine.Client.FinishAsync("child")).ReadOutputAs<int>().ShouldBe(4);
    }

    [Fact]
    public async Task Purging_takes_the_sub_orchestrations_along_when_asked_and_nothing_that_runs()
    {
        await using TestEngine engine = await StartAsync();
        string caller = await ScheduleWithChildAsync(engine);
        (await engine.Client.PurgeInstanceAsync(caller, Cancellation)).PurgedInstanceCount.ShouldBe(0);
        await engine.Client.RaiseEventAsync("child", "N", 1, Cancellation);
        await engine.Client.FinishAsync(caller);

        PurgeResult purged = await engine.Client.PurgeInstanceAsync(caller, new PurgeInstanceOptions(Recursive: true), Cancellation);

        purged.PurgedInstanceCount.ShouldBe(2);
        purged.IsComplete.ShouldBe(true);
        (await engine.Client.StatusAsync("child")).ShouldBeNull();
    }

    [Fact]
    public async Task A_purge_by_filter_goes_by_the_start_and_can_be_limited_in_time()
    {
        await using TestEngine engine = await StartAsync();
        for (int i = 0; i < 60; i++)
        {
            await engine.Client.RunAsync("Echo", id: $"early-{i}");
        }

        engine.Time.Advance(TimeSpan.FromDays(1));
        await engine.Client.RunAsync("Echo", id: "late");
        PurgeInstancesFilter filter = new(CreatedTo: engine.Time.GetUtcNow().AddHours(-1)) { Timeout = TimeSpan.FromTicks(1) };
        engine.Time.AutoAdvanceAmount = TimeSpan.FromSeconds(1);

        PurgeResult first = await engine.Client.PurgeAllInstancesAsync(filter, Cancellation);
        PurgeResult rest = await engine.Client.PurgeAllInstancesAsync(filter with { Timeout = null }, Cancellation);

        (first.PurgedInstanceCount, first.IsComplete).ShouldBe((50, false));
        (rest.PurgedInstanceCount, rest.IsComplete).ShouldBe((10, true));
        (await engine.Client.StatusAsync("late")).ShouldNotBeNull();
        filter = filter with { Timeout = TimeSpan.Zero };
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => engine.Client.PurgeAllInstancesAsync(filter, Cancellation));
    }

    [Fact]
    public async Task Pages_come_in_the_order_of_the_starts_and_with_payloads_only_when_asked()
    {
        await using TestEngine engine = await StartAsync();
        foreach (string id in (string[])["b", "a", "d", "c"])
        {
            await engine.Client.RunAsync("Echo", $"of {id}", id);
        }

        AsyncPageable<OrchestrationMetadata> all = engine.Client.GetAllInstancesAsync(new OrchestrationQuery { PageSize = 3 });
        Page<OrchestrationMetadata>[] pages = [.. all.AsPages().ToBlockingEnumerable(Cancellation)];

        pages.Select(page => string.Concat(page.Values.Select(instance => instance.InstanceId))).ShouldBe(["bad", "c"]);
        pages[0].Values[0].SerializedInput.ShouldBeNull();
        all = engine.Client.GetAllInstancesAsync(new OrchestrationQuery { ContinuationToken = "x" });
        Should.Throw<ArgumentException>(() => all.ToBlockingEnumerable(Cancellation).First());
    }

    /// <summary>Starts an orchestration that calls the instance "child", and waits until that runs.</summary>
    private static async Task<string> ScheduleWithChildAsync(TestEngine engine)
    {
        string id = await engine.Client.ScheduleAsync("Calls", "child");
        await engine.Log.WaitForAsync("child", EventType.ExecutionStarted);
        return id;
    }
}
