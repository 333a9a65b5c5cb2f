using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Tests.Durable;

public sealed class LocalDurableTaskClientTests : DurableTest
{
    public LocalDurableTaskClientTests() => Functions
        .Orchestrator("Echo", c => Task.FromResult(c.GetInput<string>()))
        .Orchestrator("Waits", c => c.WaitForExternalEvent<int>("N"))
        .Orchestrator("Fails", Task (_) => throw new FormatException("no"));

    [Fact]
    public async Task A_start_without_an_id_makes_one()
    {
        await using DurableHost host = await StartAsync();

        string first = await host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", Cancellation);
        string second = await host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", "x", Cancellation);

        first.Length.ShouldBe(32);
        second.ShouldNotBe(first);
        (await host.FinishAsync(second)).ReadOutputAs<string>().ShouldBe("x");
    }

    [Fact]
    public async Task An_instance_can_be_scheduled_before_the_engine_runs()
    {
        await using DurableHost host = Create();
        await host.ScheduleAsync("Echo", "early", "early");
        OrchestrationMetadata pending = (await host.Client.GetInstanceAsync("early", true, Cancellation))!;
        pending.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Pending);
        pending.ReadInputAs<string>().ShouldBe("early");

        await host.Engine.StartAsync(Cancellation);

        (await host.FinishAsync("early")).ReadOutputAs<string>().ShouldBe("early");
    }

    [Fact]
    public async Task Tags_stay_with_the_instance()
    {
        await using DurableHost host = await StartAsync();
        StartOrchestrationOptions options = new("tagged") { Tags = new Dictionary<string, string> { ["dataset"] = "cifar10" } };

        await host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", options, Cancellation);

        (await host.FinishAsync("tagged")).Tags.ShouldBe(options.Tags);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Pending)]
    [InlineData(OrchestrationRuntimeStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Suspended)]
    public async Task An_id_in_use_is_refused(OrchestrationRuntimeStatus status)
    {
        await using DurableHost host = Create();
        await BringAsync(host, "id", status);

        OrchestrationAlreadyExistsException e = await Should.ThrowAsync<OrchestrationAlreadyExistsException>(() => host.ScheduleAsync("Echo", id: "id"));

        e.Message.ShouldBe($"An orchestration instance with the id 'id' exists and is {status}. Wait for its end, terminate it, or use another id.");
        e.ShouldBeAssignableTo<InvalidOperationException>();
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task An_ended_instance_is_replaced(OrchestrationRuntimeStatus status)
    {
        await using DurableHost host = Create();
        await BringAsync(host, "id", status);

        OrchestrationMetadata result = await host.RunAsync("Echo", "again", "id");

        result.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        result.ReadOutputAs<string>().ShouldBe("again");
        result.FailureDetails.ShouldBeNull();
    }

    [Fact]
    public async Task Deduplicated_statuses_are_refused_and_others_replaced()
    {
        await using DurableHost host = Create();
        await BringAsync(host, "done", OrchestrationRuntimeStatus.Completed);
        await BringAsync(host, "running", OrchestrationRuntimeStatus.Running);

        await Should.ThrowAsync<OrchestrationAlreadyExistsException>(() => host.Client.ScheduleNewOrchestrationInstanceAsync(
            "Echo", new StartOrchestrationOptions("done") { DedupeStatuses = ["completed", "Running", "Pending", "Suspended"] }, Cancellation));
        await host.Client.ScheduleNewOrchestrationInstanceAsync(
            "Echo", "replaced", new StartOrchestrationOptions("running") { DedupeStatuses = ["Completed"] }, Cancellation);

        (await host.FinishAsync("running")).ReadOutputAs<string>().ShouldBe("replaced");
    }

    [Fact]
    public async Task Statuses_to_deduplicate_by_are_checked()
    {
        await using DurableHost host = await StartAsync();

        Task<string> ScheduleAsync(params string[] statuses) => host.Client.ScheduleNewOrchestrationInstanceAsync(
            "Echo", new StartOrchestrationOptions("id") { DedupeStatuses = statuses }, Cancellation);

        (await Should.ThrowAsync<ArgumentException>(() => ScheduleAsync("Finished"))).Message.ShouldContain("'Finished'");
        (await Should.ThrowAsync<ArgumentException>(() => ScheduleAsync("99"))).Message.ShouldContain("'99'");
        (await Should.ThrowAsync<ArgumentException>(() => ScheduleAsync("Running, Failed"))).Message.ShouldContain("'Running, Failed'");
        (await Should.ThrowAsync<ArgumentException>(() => ScheduleAsync("Terminated"))).Message.ShouldContain("Terminated cannot be deduplicated");
    }

    [Fact]
    public async Task A_replaced_child_that_had_not_ended_is_a_failure_to_its_parent()
    {
        Functions.Orchestrator("Parent", c => c.CallSubOrchestratorAsync("Waits", options: new SubOrchestrationOptions(instanceId: "child")));
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Parent", id: "parent");
        await host.Log.WaitForAsync("child", HistoryEventKind.ExecutionStarted);

        await host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", new StartOrchestrationOptions("child") { DedupeStatuses = [] }, Cancellation);

        (await host.FinishAsync("parent")).FailureDetails!.InnerFailure!.ErrorMessage.ShouldContain("'child' was terminated");
    }

    [Fact]
    public async Task Waits_for_instances_that_are_not_there_fail()
    {
        await using DurableHost host = await StartAsync();

        InvalidOperationException e = await Should.ThrowAsync<InvalidOperationException>(() => host.Client.WaitForInstanceCompletionAsync("nobody", Cancellation));

        e.Message.ShouldContain("'nobody'");
        (await host.Client.GetInstanceAsync("nobody", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Waits_end_with_their_token_and_with_the_engine()
    {
        DurableHost host = await StartAsync();
        await host.ScheduleAsync("Waits", id: "waits");
        using CancellationTokenSource source = new();
        Task cancelled = host.Client.WaitForInstanceCompletionAsync("waits", source.Token);
        Task stopped = host.Client.WaitForInstanceCompletionAsync("waits", Cancellation);

        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Awaiting.For(cancelled, "the cancelled wait"));
        await host.DisposeAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Awaiting.For(stopped, "the stopped wait"));
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Pending, "suspend", "terminate", "raise an event for")]
    [InlineData(OrchestrationRuntimeStatus.Running, "suspend", "terminate", "raise an event for")]
    [InlineData(OrchestrationRuntimeStatus.Suspended, "resume", "terminate", "raise an event for")]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task What_does_not_fit_an_instances_status_is_refused_as_by_the_Functions_host(OrchestrationRuntimeStatus status, params string[] allowed)
    {
        foreach ((string verb, Func<DurableHost, string, Task> tell) in Orders)
        {
            await using DurableHost host = Create();
            string id = $"id-{verb.Length}";
            await BringAsync(host, id, status);
            if (allowed.Contains(verb))
            {
                await Should.NotThrowAsync(() => tell(host, id));
            }
            else
            {
                (await Should.ThrowAsync<InvalidOperationException>(() => tell(host, id))).Message
                    .ShouldBe($"Cannot {verb} the orchestration instance '{id}' because it is {status}.");
            }
        }
    }

    [Fact]
    public async Task An_instance_that_is_not_there_cannot_be_told_anything()
    {
        await using DurableHost host = await StartAsync();

        foreach ((_, Func<DurableHost, string, Task> tell) in Orders)
        {
            (await Should.ThrowAsync<ArgumentException>(() => tell(host, "nobody"))).Message.ShouldContain("There is no orchestration instance with the id 'nobody'.");
        }
    }

    [Fact]
    public async Task Inputs_and_outputs_are_read_only_when_asked_for()
    {
        await using DurableHost host = await StartAsync();
        await host.RunAsync("Echo", "x", "echo");

        OrchestrationMetadata bare = (await host.Client.GetInstanceAsync("echo", Cancellation))!;

        bare.SerializedInput.ShouldBeNull();
        bare.SerializedOutput.ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => bare.ReadOutputAs<string>()).Message.ShouldContain("ReadOutputAs");
    }

    [Fact]
    public async Task A_restart_runs_the_same_input_again()
    {
        await using DurableHost host = await StartAsync();
        await host.RunAsync("Echo", "x", "echo");

        (await host.Client.RestartAsync("echo", cancellation: Cancellation)).ShouldBe("echo");
        (await host.FinishAsync("echo")).ReadOutputAs<string>().ShouldBe("x");
        string other = await host.Client.RestartAsync("echo", restartWithNewInstanceId: true, Cancellation);
        other.ShouldNotBe("echo");
        (await host.FinishAsync(other)).ReadOutputAs<string>().ShouldBe("x");
    }

    [Fact]
    public async Task A_restart_needs_an_instance_that_has_ended()
    {
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Waits", id: "waits");

        await Should.ThrowAsync<ArgumentException>(() => host.Client.RestartAsync("nobody", cancellation: Cancellation));
        await Should.ThrowAsync<InvalidOperationException>(() => host.Client.RestartAsync("waits", cancellation: Cancellation));
    }

    private static readonly (string Verb, Func<DurableHost, string, Task> Tell)[] Orders =
    [
        ("suspend", (host, id) => host.Client.SuspendInstanceAsync(id, Cancellation)),
        ("resume", (host, id) => host.Client.ResumeInstanceAsync(id, Cancellation)),
        ("terminate", (host, id) => host.Client.TerminateInstanceAsync(id, Cancellation)),
        ("raise an event for", (host, id) => host.Client.RaiseEventAsync(id, "N", 1, Cancellation)),
    ];

    private async Task BringAsync(DurableHost host, string id, OrchestrationRuntimeStatus status)
    {
        if (status == OrchestrationRuntimeStatus.Pending)
        {
            await host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", new StartOrchestrationOptions(id, Time.GetUtcNow() + TimeSpan.FromHours(1)), Cancellation);
            return;
        }

        if (host.Engine.ExecuteTask is null)
        {
            await host.Engine.StartAsync(Cancellation);
        }

        await host.ScheduleAsync(status switch { OrchestrationRuntimeStatus.Completed => "Echo", OrchestrationRuntimeStatus.Failed => "Fails", _ => "Waits" }, id: id);
        await host.Log.WaitForAsync(id, HistoryEventKind.ExecutionStarted);
        switch (status)
        {
            case OrchestrationRuntimeStatus.Suspended:
                await host.Client.SuspendInstanceAsync(id, Cancellation);
                await host.Log.WaitForAsync(id, HistoryEventKind.ExecutionSuspended);
                break;
            case OrchestrationRuntimeStatus.Terminated:
                await host.Client.TerminateInstanceAsync(id, Cancellation);
                await host.FinishAsync(id);
                break;
            case OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed:
                await host.FinishAsync(id);
                break;
            default:
                break;
        }
    }
}
