using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PelNas.Functions.Orchestrations;
using PelNas.Functions.Tests.Support;
using PelNas.Shared.Sweeps;

namespace PelNas.Functions.Tests.Orchestrations;

public sealed class RepeatedDeliveryTests
{
    private const string SweepId = "sweep-20260301-120000";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Activities_of_a_search_that_are_delivered_twice_leave_the_same_store() =>
        LeavesTheSameAsync(app => app.RunAsync(SearchApp.SmallSearch()));

    [Fact]
    public Task Activities_of_sweeps_that_are_delivered_twice_leave_the_same_store() => LeavesTheSameAsync(async app =>
    {
        SweepRequest request = new() { Contexts = ["cifar10:fpga", "cifar100:fpga"], MaxLabels = 6, Generations = 1 };
        foreach (string id in (string[])["sweep-20260301-110000", SweepId])
        {
            // The second is compared with the first.
            await app.Client.ScheduleNewOrchestrationInstanceAsync(
                nameof(SweepOrchestrator), new SweepInput(request, Night: null, IsLate: false), new StartOrchestrationOptions(InstanceId: id), Cancellation);
            (await app.FinishAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
            app.Settings.Time.Advance(TimeSpan.FromHours(1));
        }

        (await app.Store.GetSweepAsync(SweepId, Cancellation))!.Contexts.ShouldAllBe(context => context.Comparison != null);
    });

    private static async Task LeavesTheSameAsync(Func<SearchApp, Task> run)
    {
        (string once, SearchAppSettings first) = await RunAsync(run, deliverTwice: false);
        (string twice, SearchAppSettings second) = await RunAsync(run, deliverTwice: true);

        twice.ShouldBe(once);
        second.Oracle.Paid.ShouldBe(first.Oracle.Paid, ignoreOrder: true);
        second.Calls.ShouldBe(first.Calls, ignoreOrder: true);
    }

    private static async Task<(string Store, SearchAppSettings Settings)> RunAsync(Func<SearchApp, Task> run, bool deliverTwice)
    {
        using TemporaryFolder folder = new();
        SearchAppSettings settings = new(folder.Path) { DeliverTwice = deliverTwice };
        await using (SearchApp app = await SearchApp.StartAsync(settings))
        {
            await run(app);
        }

        return (StoreDump.Read(settings.StorePath), settings);
    }
}
