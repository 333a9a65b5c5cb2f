using PelNas.Shared.Sweeps;
using PelNas.Shared.Tests.Storage;

namespace PelNas.Shared.Tests.Sweeps;

public sealed class SweepComparerTests
{
    private static readonly BenchmarkContext Fpga = StepHarness.Tables.GetContext("cifar10", "fpga");

    // Points of the exact front: none of them dominates another.
    private static readonly int[] Exact = [.. Fpga.Metrics.ExactFront];

    private readonly SweepRepository _sweeps;
    private readonly RunRepository _runs;
    private readonly BenchmarkCatalog _catalog;
    private readonly SweepComparer _comparer;

    public SweepComparerTests()
    {
        MemoryRowStore rows = new();
        _sweeps = new SweepRepository(rows);
        _runs = new RunRepository(rows);
        _catalog = new BenchmarkCatalog(StepHarness.Tables, new DeviceRepository(rows));
        _comparer = new SweepComparer(_sweeps, _runs, new RunContexts(_runs, _catalog, new RunHistories(_runs), StepHarness.Estimator));
    }

    [Fact]
    public async Task The_first_sweep_has_nothing_to_be_compared_with()
    {
        SweepRow row = await SweepAsync(1, Exact[..3]);

        SweepContext context = row.Contexts.ShouldHaveSingleItem();
        context.Front.ShouldBe(Exact[..3].Order());
        context.Hypervolume.ShouldBe(Fpga.Metrics.Evaluate(Exact[..3], LabelSources.Test).Hypervolume);
        context.Comparison.ShouldBeNull();
        PelNasJson.Serialize(await _sweeps.GetAsync(row.SweepId, Cancellation)).ShouldBe(PelNasJson.Serialize(row));
    }

    [Fact]
    public async Task A_better_front_is_up_and_counts_what_it_gained_and_lost()
    {
        await SweepAsync(1, Exact[..3]);
        SweepRow row = await SweepAsync(2, Exact[2..7]);

        SweepComparison comparison = row.Contexts.Single().Comparison.ShouldNotBeNull();
        double change = Fpga.Metrics.Evaluate(Exact[2..7], LabelSources.Test).Hypervolume
            - Fpga.Metrics.Evaluate(Exact[..3], LabelSources.Test).Hypervolume;
        comparison.ShouldBe(new SweepComparison("sweep-20260301", change, PointsGained: 4, PointsLost: 2));
    }

    [Fact]
    public async Task The_same_front_again_has_not_changed()
    {
        await SweepAsync(1, Exact[..3]);

        (await SweepAsync(2, Exact[..3])).Contexts.Single().Comparison.ShouldBe(new SweepComparison("sweep-20260301", 0, 0, 0));
    }

    [Fact]
    public async Task The_fronts_of_several_seeds_are_joined_and_what_is_dominated_is_left_out()
    {
        int dominated = Enumerable.Range(0, Fpga.Space.Size).First(index =>
            Fpga.LatencyMs[index] > Fpga.LatencyMs[Exact[0]] && Fpga.TestAccuracy[index] < Fpga.TestAccuracy[Exact[0]]);

        SweepRow row = await SweepAsync(1, [Exact[0]], [dominated, Exact[1]]);

        row.Contexts.Single().Front.ShouldBe(new[] { Exact[0], Exact[1] }.Order());
        row.Searches.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_search_that_was_deleted_meanwhile_is_left_out()
    {
        SweepRow whole = await SweepAsync(1, Exact[..3], Exact[3..5]);

        await _runs.DeleteAsync(whole.Searches[0].RunId, whole.StartedAt, Cancellation);
        SweepRow row = await EndAsync(Row(2), whole.Searches);
        await _runs.DeleteAsync(whole.Searches[1].RunId, whole.StartedAt, Cancellation);
        SweepRow empty = await EndAsync(Row(3), whole.Searches);

        row.Contexts.Single().Front.ShouldBe(Exact[3..5].Order());
        row.FinishedAt.ShouldNotBeNull();
        empty.Contexts.ShouldBeEmpty();
        empty.Searches.ShouldBe(whole.Searches);
    }

    [Fact]
    public async Task A_context_is_compared_with_the_last_sweep_that_finished_a_search_of_it()
    {
        await SweepAsync(1, Exact[..3]);
        await PutAsync(Row(2) with { SkippedBecause = "The sweep sweep-20260301 had not ended." });
        await PutAsync(Row(3));
        await EndAsync(Row(4), [new SweepSearch("cifar10", "fpga", 1, "20260304-020000-sweep-cifar10-fpga", "Exception: no.")]);

        SweepRow row = await SweepAsync(5, Exact[..4]);

        row.Contexts.Single().Comparison!.PreviousSweepId.ShouldBe("sweep-20260301");
    }

    [Fact]
    public async Task A_sweep_with_labels_of_another_kind_is_not_compared_with()
    {
        await SweepAsync(1, Exact[..3]);
        SweepRow other = Row(2) with { Request = new SweepRequest { Contexts = ["cifar10:fpga"], LabelsFrom = LabelSources.Validation } };

        SweepRow row = await EndAsync(
            other, [new SweepSearch("cifar10", "fpga", 1, "20260301-020000-sweep-cifar10-fpga-s0", Failure: null)]);

        row.Contexts.Single().Comparison.ShouldBeNull();
        row.Contexts.Single().NotComparedBecause!.ShouldStartWith("sweep-20260301 had labels from test, not validation");
    }

    [Fact]
    public async Task A_sweep_of_another_budget_or_proposer_is_passed_over_for_an_older_one_that_is_alike()
    {
        await SweepAsync(1, Exact[..3]);
        SweepRow smaller = await EndAsync(
            Row(2) with { Request = Row(2).Request with { MaxLabels = 60, Generations = 5, Seeds = [1, 2] } },
            [new SweepSearch("cifar10", "fpga", 1, "20260301-020000-sweep-cifar10-fpga-s0", Failure: null)]);
        smaller.Contexts.Single().NotComparedBecause.ShouldBe(
            "sweep-20260301 had labels 120, not 60, generations 10, not 5, seeds 1, not 1,2");
        await PutAsync(smaller with
        {
            SweepId = "sweep-20260303",
            Request = Row(3).Request,
            Contexts = [smaller.Contexts[0] with { Proposer = "ollama/llama3.1" }],
        });
        await PutAsync(smaller with
        {
            SweepId = "sweep-20260304",
            Request = Row(4).Request,
            Contexts = [smaller.Contexts[0] with { Tables = "other" }],
        });

        SweepContext context = (await SweepAsync(5, Exact[..4])).Contexts.Single();

        context.Comparison!.PreviousSweepId.ShouldBe("sweep-20260301");
        context.NotComparedBecause.ShouldBeNull();
    }

    [Fact]
    public async Task A_seed_that_is_given_twice_is_searched_once_and_compared_alike()
    {
        await SweepAsync(1, Exact[..3]);
        SweepRow twice = await EndAsync(
            Row(2) with { Request = Row(2).Request with { Seeds = [1, 1] } },
            [new SweepSearch("cifar10", "fpga", 1, "20260301-020000-sweep-cifar10-fpga-s0", Failure: null)]);

        twice.Contexts.Single().NotComparedBecause.ShouldBeNull();
        twice.Contexts.Single().Comparison!.PreviousSweepId.ShouldBe("sweep-20260301");
    }

    [Theory]
    [InlineData("ollama/llama3.1", null, "had proposer ollama/llama3.1, not azure-openai/gpt-4.1-mini")]
    [InlineData(null, "other", "had other accuracies or latencies in its tables")]
    [InlineData(null, null, null)]
    public async Task A_difference_is_named(string? proposer, string? tables, string? difference)
    {
        SweepRow row = await SweepAsync(1, Exact[..3]);
        SweepContext now = row.Contexts.Single() with { Proposer = "azure-openai/gpt-4.1-mini" };

        SweepLikeness.Difference(row.Request, now, row.Request, now with
        {
            Proposer = proposer ?? now.Proposer,
            Tables = tables ?? now.Tables,
        }).ShouldBe(difference);
    }

    [Fact]
    public async Task A_context_whose_searches_all_failed_is_left_out_and_the_failures_are_kept()
    {
        SweepSearch failed = new("cifar10", "fpga", 1, "20260301-020000-sweep-cifar10-fpga", "TimeoutException: no answer.");

        SweepRow row = await EndAsync(Row(1), [failed]);

        row.Contexts.ShouldBeEmpty();
        row.Searches.ShouldBe([failed]);
        row.FinishedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Running_the_step_twice_writes_the_same()
    {
        await SweepAsync(1, Exact[..3]);
        SweepRow first = await SweepAsync(2, Exact[..5]);

        SweepRow second = await _comparer.CompareAsync(first.SweepId, first.Searches, first.FinishedAt!.Value, Cancellation);

        PelNasJson.Serialize(second).ShouldBe(PelNasJson.Serialize(first));
    }

    [Fact]
    public async Task A_plan_that_is_delivered_late_does_not_undo_the_end()
    {
        SweepRow ended = await SweepAsync(1, Exact[..3]);
        SearchRequestValidator searches = new(
            _catalog, new TorchProxyScorers(), () => throw new InvalidOperationException("A sweep has no limit of dollars."));
        SweepPlanner planner = new(_sweeps, new SweepRequestValidator(searches));

        await planner.PlanAsync(ended.SweepId, ended.Request, ended.Night, ended.IsLate, ended.StartedAt, Cancellation);

        (await _sweeps.GetAsync(ended.SweepId, Cancellation))!.FinishedAt.ShouldBe(ended.FinishedAt);
    }

    private static SweepRow Row(int day) => new()
    {
        SweepId = SweepIds.Nightly(new DateOnly(2026, 3, day)),
        Request = new SweepRequest { Contexts = ["cifar10:fpga"], LabelsFrom = LabelSources.Test },
        Night = new DateOnly(2026, 3, day),
        StartedAt = new DateTimeOffset(2026, 3, day, 2, 0, 0, TimeSpan.Zero),
    };

    /// <summary>A sweep of a day whose searches, one a seed, end with the given fronts.</summary>
    private async Task<SweepRow> SweepAsync(int day, params int[][] fronts)
    {
        List<SweepSearch> searches = [];
        for (int seed = 0; seed < fronts.Length; seed++)
        {
            SweepSearch search = new("cifar10", "fpga", seed, $"202603{day:00}-020000-sweep-cifar10-fpga-s{seed}", Failure: null);
            await _runs.AddAsync(StoreSamples.Run(search.RunId), Cancellation);
            await _runs.AddAsync(search.RunId, StoreSamples.Front(1, fronts[seed]), Cancellation);
            searches.Add(search);
        }

        return await EndAsync(Row(day), searches);
    }

    private Task<SweepRow?> PutAsync(SweepRow row) => _sweeps.ChangeAsync(row.SweepId, _ => row, Cancellation);

    private async Task<SweepRow> EndAsync(SweepRow row, IReadOnlyList<SweepSearch> searches)
    {
        await PutAsync(row);
        return await _comparer.CompareAsync(row.SweepId, searches, row.StartedAt.AddHours(1), Cancellation);
    }
}
