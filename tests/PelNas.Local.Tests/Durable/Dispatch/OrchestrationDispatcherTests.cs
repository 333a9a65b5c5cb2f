using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Tests.Durable.Dispatch;

public sealed class OrchestrationDispatcherTests : DurableTest
{
    [Fact]
    public async Task An_orchestration_calls_activities_one_after_another()
    {
        Functions
            .Orchestrator("Sum", async context =>
            {
                int sum = 0;
                for (int i = 1; i <= context.GetInput<int>(); i++)
                {
                    sum = await context.CallActivityAsync<int>("Add", new[] { sum, i });
                }

                return sum;
            })
            .Activity<int[], int>("add", pair => pair[0] + pair[1]);
        await using DurableHost host = await StartAsync();

        OrchestrationMetadata result = await host.RunAsync("sum", 10);

        result.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        result.ReadOutputAs<int>().ShouldBe(55);
        Functions.Runs.Values.ShouldAllBe(runs => runs == 1);
    }

    [Fact]
    public async Task An_orchestration_without_input_output_or_activities_completes()
    {
        Functions.Orchestrator("Nothing", _ => Task.CompletedTask);
        await using DurableHost host = await StartAsync();

        OrchestrationMetadata result = await host.RunAsync("Nothing");

        result.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        result.SerializedInput.ShouldBeNull();
        result.SerializedOutput.ShouldBeNull();
    }

    [Fact]
    public async Task An_unknown_orchestrator_fails_with_its_name()
    {
        await using DurableHost host = await StartAsync();

        OrchestrationMetadata result = await host.RunAsync("Serch");

        result.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        result.FailureDetails!.ErrorType.ShouldBe("OrchestratorTaskNotFound");
        result.FailureDetails.ErrorMessage.ShouldContain("'Serch'");
    }

    [Fact]
    public async Task An_error_in_the_function_fails_the_instance_with_type_message_and_place()
    {
        Functions.Orchestrator("Throws", async Task (context) =>
        {
            await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
            throw new FormatException("no number", new ArgumentException("inner"));
        });
        await using DurableHost host = await StartAsync();

        OrchestrationMetadata result = await host.RunAsync("Throws");

        result.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed);
        TaskFailureDetails failure = result.FailureDetails!;
        failure.IsCausedBy<FormatException>().ShouldBeTrue();
        failure.ErrorMessage.ShouldBe("no number");
        failure.StackTrace!.ShouldContain(nameof(OrchestrationDispatcherTests));
        failure.InnerFailure!.IsCausedBy<ArgumentException>().ShouldBeTrue();
    }

    [Fact]
    public async Task Many_instances_run_side_by_side_and_each_sees_its_own_results()
    {
        Functions
            .Orchestrator("Twice", async context => await context.CallActivityAsync<int>("Double", await context.CallActivityAsync<int>("Double", context.GetInput<int>())))
            .Activity<int, int>("Double", n => 2 * n);
        await using DurableHost host = await StartAsync();

        OrchestrationMetadata[] results = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => host.RunAsync("Twice", n, $"twice-{n}")));

        results.Select(r => r.ReadOutputAs<int>()).ShouldBe(Enumerable.Range(0, 100).Select(n => 4 * n));
        host.Engine.Waiters.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_is_kept_in_memory_of_instances_that_have_ended()
    {
        Functions.Orchestrator("Call", c => c.CallActivityAsync<int>("One", 0)).Activity<int, int>("One", _ => 1);
        await using DurableHost host = await StartAsync();

        for (int i = 0; i < 50; i++)
        {
            await host.RunAsync("Call");
        }

        await host.Engine.StopAsync(Cancellation);
        host.Engine.Ready.Count.ShouldBe(0);
        host.Engine.Histories.Count.ShouldBe(0);
        host.Engine.Waiters.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Large_inputs_and_outputs_come_through_whole()
    {
        string megabyte = string.Create(1 << 20, 0, (span, _) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = (char)('a' + (i % 26));
            }
        });
        Functions
            .Orchestrator("Echo", c => c.CallActivityAsync<string>("Reverse", c.GetInput<string>()))
            .Activity<string, string>("Reverse", s => new string([.. s.Reverse()]));
        await using DurableHost host = await StartAsync();

        OrchestrationMetadata result = await host.RunAsync("Echo", megabyte);

        result.ReadInputAs<string>().ShouldBe(megabyte);
        result.ReadOutputAs<string>().ShouldBe(new string([.. megabyte.Reverse()]));
    }

    [Fact]
    public async Task Time_stands_still_within_an_orchestration_when_the_clock_is_set_back()
    {
        DateTimeOffset now = Time.GetUtcNow();
        Functions.Orchestrator("Times", async context =>
        {
            DateTime before = context.CurrentUtcDateTime;
            await context.WaitForExternalEvent<int>("Go");
            return context.CurrentUtcDateTime - before;
        });
        string id;
        await using (DurableHost host = await StartAsync())
        {
            id = await host.ScheduleAsync("Times");
            await host.Log.WaitForAsync(id, HistoryEventKind.ExecutionStarted);
        }

        Microsoft.Extensions.Time.Testing.FakeTimeProvider earlier = new(now - TimeSpan.FromHours(1));
        await using DurableHost later = await DurableHost.StartAsync(Functions, File.Path, earlier);
        await later.Client.RaiseEventAsync(id, "Go", 1, Cancellation);

        (await later.FinishAsync(id)).ReadOutputAs<TimeSpan>().ShouldBe(TimeSpan.Zero);
    }
}
