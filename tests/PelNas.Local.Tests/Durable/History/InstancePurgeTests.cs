using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PelNas.Local.Tests.Durable.History;

public sealed class InstancePurgeTests : DurableTest
{
    public InstancePurgeTests() => Functions
        .Orchestrator("Quick", _ => Task.CompletedTask)
        .Orchestrator("Fails", Task (_) => throw new FormatException("no"))
        .Orchestrator("Waits", c => c.WaitForExternalEvent<int>("N"))
        .Orchestrator("Parent", async c =>
        {
            await c.CallSubOrchestratorAsync("Quick", options: new SubOrchestrationOptions(instanceId: c.InstanceId + "-p0"));
            await c.CallSubOrchestratorAsync("Quick", options: new SubOrchestrationOptions(instanceId: c.InstanceId + "-p1"));
        });

    [Fact]
    public async Task A_purged_instance_leaves_nothing_behind()
    {
        await using DurableHost host = await StartAsync();
        await host.RunAsync("Quick", id: "quick");

        PurgeResult result = await host.Client.PurgeInstanceAsync("quick", Cancellation);

        result.PurgedInstanceCount.ShouldBe(1);
        (await host.Client.GetInstanceAsync("quick", Cancellation)).ShouldBeNull();
        foreach (string table in new[] { "history", "messages", "activities", "timers", "instances" })
        {
            host.Store.Read(connection => connection.Scalar($"SELECT COUNT(*) FROM {table}")).ShouldBe(0L, table);
        }
    }

    [Fact]
    public async Task A_running_or_missing_instance_is_not_purged()
    {
        await using DurableHost host = await StartAsync();
        await host.ScheduleAsync("Waits", id: "waits");

        (await host.Client.PurgeInstanceAsync("waits", Cancellation)).PurgedInstanceCount.ShouldBe(0);
        (await host.Client.PurgeInstanceAsync("nobody", Cancellation)).PurgedInstanceCount.ShouldBe(0);
        await host.Client.RaiseEventAsync("waits", "N", 1, Cancellation);
        (await host.FinishAsync("waits")).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    public async Task Children_go_too_when_asked_for(bool recursive, int count)
    {
        await using DurableHost host = await StartAsync();
        await host.RunAsync("Parent", id: "run");

        PurgeResult result = await host.Client.PurgeInstanceAsync("run", new PurgeInstanceOptions(recursive), Cancellation);

        result.PurgedInstanceCount.ShouldBe(count);
        ((await host.Client.GetInstanceAsync("run-p1", Cancellation)) is null).ShouldBe(recursive);
    }

    [Fact]
    public async Task A_filter_chooses_among_the_ended_instances()
    {
        await using DurableHost host = await StartAsync();
        await host.RunAsync("Quick", id: "old");
        Time.Advance(TimeSpan.FromDays(2));
        DateTimeOffset recent = Time.GetUtcNow();
        await host.RunAsync("Quick", id: "new");
        await host.RunAsync("Fails", id: "failed");
        await host.ScheduleAsync("Waits", id: "waits");

        (await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(CreatedTo: recent - TimeSpan.FromDays(1)), Cancellation)).PurgedInstanceCount.ShouldBe(1);
        (await host.Client.GetInstanceAsync("old", Cancellation)).ShouldBeNull();
        (await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Failed]), Cancellation)).PurgedInstanceCount.ShouldBe(1);
        PurgeResult rest = await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(), Cancellation);

        rest.PurgedInstanceCount.ShouldBe(1);
        rest.IsComplete.ShouldBe(true);
        (await host.Client.GetInstanceAsync("waits", Cancellation)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_purge_by_filter_goes_on_over_many_batches_and_counts_children_once()
    {
        await using DurableHost host = await StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(n => host.RunAsync("Parent", id: $"run-{n:00}")));

        PurgeResult result = await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(), new PurgeInstanceOptions(Recursive: true), Cancellation);

        result.PurgedInstanceCount.ShouldBe(120);
        host.Store.Read(connection => connection.Scalar("SELECT COUNT(*) FROM instances")).ShouldBe(0L);
    }

    [Fact]
    public async Task A_purge_whose_time_is_up_says_that_it_is_incomplete()
    {
        await using DurableHost host = await StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 120).Select(n => host.RunAsync("Quick", id: $"quick-{n}")));
        Time.AutoAdvanceAmount = TimeSpan.FromSeconds(1);
        PurgeInstancesFilter filter = new() { Timeout = TimeSpan.FromMilliseconds(1) };

        PurgeResult first = await host.Client.PurgeAllInstancesAsync(filter, Cancellation);

        first.PurgedInstanceCount.ShouldBe(50);
        first.IsComplete.ShouldBe(false);
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => host.Client.PurgeAllInstancesAsync(filter with { Timeout = TimeSpan.Zero }, Cancellation));
    }
}
