using PelNas.Functions.Activities;

namespace PelNas.Functions.Tests.Orchestrations;

public sealed class RepeatedDeliveryTests
{
    private const string SweepId = "sweep-20260301-120000";

    // What trains, and what waits for its user, has tests of its own.
    private static readonly string[] Elsewhere = [nameof(SearchSteps.TrainArchitecture), nameof(SearchSteps.VerifyFront)];

    [Fact]
    public Task Activities_of_a_search_that_are_delivered_twice_leave_the_same_store() =>
        LeavesTheSameAsync([nameof(SweepSteps.PlanSweep), nameof(SweepSteps.CompareSweeps), nameof(SearchSteps.GrowPool), .. Elsewhere],
            app => app.RunAsync(SearchApp.SmallSearch(maxLabels: 40)));

    [Fact]
    public Task Activities_of_a_search_in_an_open_space_that_are_delivered_twice_leave_the_same_store() => LeavesTheSameAsync(
        [nameof(SweepSteps.PlanSweep), nameof(SweepSteps.CompareSweeps), .. Elsewhere],
        app => app.RunAsync(SearchApp.SmallSearch(generations: 2) with
        {
            Space = "accel-nasbench-open",
            Dataset = "imagenet",
            Device = "zcu102-latency",
        }));

    [Fact]
    public Task Activities_of_sweeps_that_are_delivered_twice_leave_the_same_store()
        => LeavesTheSameAsync([nameof(SearchSteps.GrowPool), .. Elsewhere], async app =>
        {
            SweepRequest request = new() { Contexts = ["cifar10:fpga", "cifar100:fpga"], MaxLabels = 20, Generations = 1 };
            foreach (string id in (string[])["sweep-20260301-110000", SweepId])
            {
                // The second is compared with the first.
                await app.Durable.ScheduleAsync(nameof(SweepOrchestrator), new SweepInput(request, Night: null, IsLate: false), id);
                (await app.FinishAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
                app.Settings.Time.Advance(TimeSpan.FromHours(1));
            }

            (await app.Sweeps.GetAsync(SweepId, Cancellation))!.Contexts.ShouldAllBe(context => context.Comparison != null);
        });

    [Theory]
    [InlineData(nameof(Delivery.AgainAtOnce))]
    [InlineData(nameof(Delivery.AtTheSameTime))]
    public async Task A_proposer_that_never_answers_alike_is_asked_once_for_each_prompt_and_what_it_said_is_kept_once(string delivery)
    {
        using TemporaryFolder folder = new();
        int turn = 0;
        SearchAppSettings settings = new(folder.Path)
        {
            Delivery = Enum.Parse<Delivery>(delivery),
            Answer = payload => Varied(payload, Interlocked.Increment(ref turn)),
        };
        await using SearchApp app = await SearchApp.StartAsync(settings);
        (await app.RunAsync(SearchApp.SmallSearch())).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);

        settings.Calls.Values.ShouldAllBe(times => times == 1);
        RunContent content = (await RunContent.LoadAsync(app.Runs, SearchApp.RunId, Cancellation))!;
        foreach (RoundRow round in content.PartitionRounds)
        {
            content.Partitions[round.Partition].Candidates.Count(candidate => candidate.Generation == round.Generation)
                .ShouldBe(round.Accepted, $"partition {round.Partition}, generation {round.Generation}");
        }
    }

    /// <summary>The stand-in's answer to the same question with another seed for each time that it is asked.</summary>
    private static string Varied(string payload, int turn)
    {
        using OfflineChatClient offline = new(SearchApp.Tables.Space);
        return offline.GetResponseAsync([new ChatMessage(ChatRole.User, payload)], new ChatOptions { Seed = turn }).GetAwaiter()
            .GetResult().Text;
    }

    private static async Task LeavesTheSameAsync(string[] without, Func<SearchApp, Task> run)
    {
        (string once, SearchAppSettings first) = await RunAsync(run, Delivery.Once);
        foreach (Delivery delivery in (Delivery[])[Delivery.AgainAtOnce, Delivery.AtTheSameTime])
        {
            (string twice, SearchAppSettings second) = await RunAsync(run, delivery);
            string how = delivery.ToString();

            twice.ShouldBe(once, how);
            second.Delivered.Keys.ShouldBe(
                ((Type[])[typeof(SearchSteps), typeof(PartitionSteps), typeof(SweepSteps)])
                    .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                    .Select(step => step.Name).Except(without), ignoreOrder: true, how);
            second.Calls.ShouldBe(first.Calls, ignoreOrder: true, how);

            // Twins both find a label unpaid; they pay for the same ones, and none that once would not have paid for.
            second.Oracle.Paid.Keys.ShouldBe(first.Oracle.Paid.Keys, ignoreOrder: true, how);
            if (delivery == Delivery.AgainAtOnce)
            {
                second.Oracle.Paid.ShouldBe(first.Oracle.Paid, ignoreOrder: true, how);
            }
        }
    }

    private static async Task<(string Store, SearchAppSettings Settings)> RunAsync(Func<SearchApp, Task> run, Delivery delivery)
    {
        using TemporaryFolder folder = new();
        SearchAppSettings settings = new(folder.Path) { Delivery = delivery };
        await using (SearchApp app = await SearchApp.StartAsync(settings))
        {
            await run(app);
        }

        return (await StoreDump.ReadAsync(settings.StorePath), settings);
    }
}
