using PelNas.Shared.Tests.Comparison.Strategies;

namespace PelNas.Shared.Tests.Comparison;

public sealed class BenchmarkRunnerTests : FolderTest
{
    private readonly FakeStrategy _anytime = new("anytime", isAnytime: true, step => 37 * step);
    private readonly FakeStrategy _planned = new("planned", isAnytime: false, step => 51 * step);

    [Fact]
    public async Task Every_row_of_the_plan_is_measured_by_its_labels()
    {
        BenchmarkPlan plan = Plan([_anytime, _planned], [7, 8], [5, 20]);
        using BenchmarkLog log = await RunAsync(plan);

        plan.RowCount.ShouldBe(8);
        foreach (BenchmarkKey key in plan.Keys)
        {
            int factor = key.Strategy == "anytime" ? 37 : 51;
            BenchmarkRow row = log.Find(key).ShouldNotBeNull();
            row.Labels.ShouldBe(key.Budget);
            row.Scored.ShouldBe(key.Budget);
            row.Functions.ShouldBe(FunctionsOf(Enumerable.Range(key.Seed, key.Budget).Select(step => step * factor)));
            row.Quality.ShouldBe(
                Trials.Fpga.Metrics.Evaluate(Enumerable.Range(key.Seed, key.Budget).Select(step => step * factor), LabelSources.Test));
        }
    }

    [Fact]
    public async Task Twins_are_labels_each_and_one_function()
    {
        int[] twins = [.. Enumerable.Range(0, Trials.Fpga.Space.Size).GroupBy(Trials.Fpga.Space.FunctionId)
            .First(group => group.Count() == 3)];
        FakeStrategy buysTwins = new("twins", isAnytime: true, step => step < 4 ? twins[step - 1] : step);
        using BenchmarkLog log = await RunAsync(Plan([buysTwins], [1], [2, 3, 5]));

        BenchmarkRow[] rows = [.. new[] { 2, 3, 5 }
            .Select(budget => log.Find(new BenchmarkKey("twins", Trials.Fpga.Name, LabelSources.Test, 1, budget))!)];
        rows.Select(row => row.Labels).ShouldBe([2, 3, 5]);
        rows.Select(row => row.Functions).ShouldBe([1, 1, FunctionsOf([.. twins, 4, 5])]);
    }

    [Fact]
    public async Task An_anytime_strategy_runs_once_for_all_budgets_and_another_once_for_each()
    {
        using BenchmarkLog log = await RunAsync(Plan([_anytime, _planned], [7], [5, 10, 20]));
        _anytime.Runs.ShouldBe(1);
        _planned.Runs.ShouldBe(3);
    }

    [Fact]
    public async Task What_is_recorded_is_not_run_again_and_new_seeds_and_budgets_are()
    {
        (await RunAsync(Plan([_planned], [7], [5, 10]))).Dispose();
        (await RunAsync(Plan([_planned], [7], [5, 10]))).Dispose();
        _planned.Runs.ShouldBe(2);

        (await RunAsync(Plan([_planned], [7, 8], [5, 10, 20]))).Dispose();
        _planned.Runs.ShouldBe(2 + 4);
        File.ReadAllLines(Folder.File(BenchmarkLog.RowsName)).Length.ShouldBe(1 + 6);
    }

    [Fact]
    public async Task A_run_that_fails_ends_the_benchmark_and_the_finished_ones_are_kept()
    {
        FakeStrategy fails = new("fails", isAnytime: true, step => step)
        {
            Before = trial => { if (trial.Seed == 3) { throw new InvalidOperationException("seed 3"); } },
        };
        BenchmarkPlan plan = Plan([fails], [1, 2, 3, 4], [5]);
        (await Should.ThrowAsync<InvalidOperationException>(() => RunAsync(plan))).Message.ShouldBe("seed 3");

        using BenchmarkLog log = new(Folder.Path);
        plan.Keys.Where(log.Contains).Select(key => key.Seed).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_cancelled_benchmark_goes_on_where_it_was()
    {
        using CancellationTokenSource source = new();
        FakeStrategy cancels = new("planned", isAnytime: true, step => 51 * step)
        {
            Before = trial => { if (trial.Seed == 3) { source.Cancel(); } },
        };
        await Should.ThrowAsync<OperationCanceledException>(() => RunAsync(Plan([cancels], [1, 2, 3, 4, 5], [5]), token: source.Token));

        using BenchmarkLog log = await RunAsync(Plan([_planned], [1, 2, 3, 4, 5], [5]));
        _planned.Runs.ShouldBeInRange(2, 3);
    }

    [Fact]
    public async Task Several_workers_make_the_same_rows_as_one()
    {
        BenchmarkPlan plan = Plan([Trials.Catalog.Find("nsga2")!, Trials.Catalog.Find("random")!], [.. Enumerable.Range(1, 10)], [30, 60]);
        using BenchmarkLog one = await RunAsync(plan);
        using TemporaryFolder other = new();
        using BenchmarkLog four = new(other.Path);
        await new BenchmarkRunner(new FakeTimeProvider()).RunAsync(plan, four, workers: 4, progress: null, Cancellation);

        plan.Keys.Select(four.Find).ShouldBe(plan.Keys.Select(one.Find));
    }

    [Fact]
    public async Task Progress_counts_rows_up_to_all_of_them()
    {
        BenchmarkPlan plan = Plan([_anytime, _planned], [7, 8], [5, 20]);
        List<int> reports = [];
        using BenchmarkLog log = new(Folder.Path);
        await new BenchmarkRunner(new FakeTimeProvider()).RunAsync(plan, log, workers: 1, new Told<int>(reports.Add), Cancellation);
        reports.ShouldBe([0, 2, 3, 4, 6, 7, 8]);
    }

    [Theory]
    [InlineData(120, 30)]
    [InlineData(100, 25)]
    [InlineData(7, 7)]
    [InlineData(1, 1)]
    public void Curves_have_at_most_30_points_and_end_at_the_budget(int budget, int points)
    {
        int[] grid = [.. BenchmarkRunner.CurveGrid(budget)];
        grid.Length.ShouldBe(points);
        grid[^1].ShouldBe(budget);
        grid.ShouldBe(grid.Distinct().Order());
    }

    private static int FunctionsOf(IEnumerable<int> architectures) => architectures.Select(Trials.Fpga.Space.FunctionId).Distinct().Count();

    private static BenchmarkPlan Plan(ISearchStrategy[] strategies, int[] seeds, int[] budgets)
        => new([Trials.Fpga], strategies, seeds, budgets, LabelSources.Test);

    private async Task<BenchmarkLog> RunAsync(BenchmarkPlan plan, CancellationToken? token = null)
    {
        BenchmarkLog log = new(Folder.Path);
        try
        {
            await new BenchmarkRunner(new FakeTimeProvider()).RunAsync(plan, log, workers: 1, progress: null, token ?? Cancellation);
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }
}
