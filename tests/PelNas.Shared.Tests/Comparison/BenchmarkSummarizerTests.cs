using System.Xml.Linq;
using PelNas.Shared.Comparison.Html;
using PelNas.Shared.Tests.Comparison.Strategies;

namespace PelNas.Shared.Tests.Comparison;

public sealed class BenchmarkSummarizerTests : IDisposable
{
    private static readonly BenchmarkContext Eyeriss = StepHarness.Tables.GetContext("cifar100", "eyeriss");

    // The exact fronts are long enough for twelve labels of both contexts to begin with different parts of them.
    private readonly FakeStrategy _good = new("good", isAnytime: true, step => Trials.Fpga.Metrics.ExactFront[step % 13]);
    private readonly FakeStrategy _poor = new("poor", isAnytime: true, step => 51 * step);
    private readonly FakeStrategy _poorToo = new("poor-too", isAnytime: true, step => 51 * step);
    private readonly TemporaryFolder _folder = new();
    private readonly BenchmarkLog _log;

    public BenchmarkSummarizerTests() => _log = new BenchmarkLog(_folder.Path);

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Means_and_deviations_are_over_contexts_and_then_seeds()
    {
        BenchmarkPlan plan = Plan([6]);
        MetricSummary metric = (await SummarizeAsync(plan)).Budgets.Single().Strategies[1].Metrics[0];

        double[] seeds =
        [
            .. plan.Seeds.Select(seed => plan.Contexts.Average(context =>
                context.Metrics.Evaluate(Enumerable.Range(seed, 6).Select(step => 51 * step), LabelSources.Test).HypervolumeRatio)),
        ];
        metric.Metric.ShouldBe("hypervolumeRatio");
        metric.Mean.ShouldBe(seeds.Average(), 1e-12);
        metric.Deviation.ShouldBe(SampleMoments.Of(seeds).Deviation, 1e-12);
    }

    [Fact]
    public async Task Distinct_functions_labelled_stand_beside_labels_in_every_report()
    {
        BenchmarkPlan plan = Plan([12]);
        BenchmarkSummary summary = await SummarizeAsync(plan);
        double functions = plan.Keys.Where(key => key.Strategy == "good").Average(key => _log.Find(key)!.Functions);

        StrategySummary good = summary.Budgets.Single().Strategies[0];
        (good.Labels, good.Functions).ShouldBe((12, functions));
        SummaryMarkdown.Format(summary).ShouldContain($" | 12 | {functions.ToString("0.0", CultureInfo.InvariantCulture)} | ");
        XElement html = Html(summary);
        string[] header = [.. html.Descendants("thead").First().Descendants("th").Select(cell => cell.Value)];
        string[] row = [.. html.Descendants("tbody").First().Elements("tr").First().Elements().Select(cell => cell.Value)];
        row[Array.IndexOf(header, "labels")].ShouldBe("12");
        row[Array.IndexOf(header, "functions")].ShouldBe(functions.ToString("0.0", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Each_strategy_is_tested_against_the_reference_on_all_pairs_with_Holms_correction()
    {
        BenchmarkSummary summary = await SummarizeAsync(Plan([6]));
        summary.Reference.ShouldBe("good");
        MetricSummary[] hypervolume = [.. summary.Budgets.Single().Strategies.Select(strategy => strategy.Metrics[0])];
        hypervolume[0].PValue.ShouldBeNull();
        hypervolume[0].ReferenceLead.ShouldBeNull();

        // The two others are the same, so that both tests are and Holm doubles them.
        hypervolume[1].PValue.ShouldBe(hypervolume[2].PValue);
        hypervolume[1].HolmPValue!.Value.ShouldBe(Math.Min(1, 2 * hypervolume[1].PValue!.Value), 1e-12);
        hypervolume[1].ReferenceLead!.Value.ShouldBe(hypervolume[0].Mean - hypervolume[1].Mean, 1e-12);
    }

    [Fact]
    public async Task Ranks_say_which_is_better_whatever_the_direction_of_the_measure()
    {
        foreach (int metric in Enumerable.Range(0, 2))
        {
            double[] ranks =
                [.. (await SummarizeAsync(Plan([6]))).Budgets.Single().Strategies.Select(strategy => strategy.Metrics[metric].Rank)];
            ranks[1].ShouldBe(ranks[2]);
            ranks.Sum().ShouldBe(6, 1e-9);
            ranks[0].ShouldBeLessThan(1.5);
        }
    }

    [Fact]
    public async Task In_each_context_the_reference_meets_its_best_rival()
    {
        ContextSummary fpga = (await SummarizeAsync(Plan([6]))).Budgets.Single().Contexts[0];
        fpga.Context.ShouldBe("cifar10:fpga");
        fpga.Metrics.Count.ShouldBe(4);
        fpga.Metrics.ShouldAllBe(rival => rival.Rival == "poor");
        fpga.Metrics[1].Metric.ShouldBe("igd");
        fpga.Metrics.ShouldAllBe(rival => rival.Lead > 0);
        double lead = fpga.Strategies[1].Metrics[1].Mean - fpga.Strategies[0].Metrics[1].Mean;
        fpga.Metrics[1].Lead.ShouldBe(lead, 1e-12);
    }

    [Fact]
    public async Task Curves_end_at_the_value_of_the_largest_budget()
    {
        BenchmarkSummary summary = await SummarizeAsync(Plan([3, 12]));
        foreach ((StrategyCurve curve, StrategySummary strategy) in summary.Curves.Zip(summary.Budgets[1].Strategies))
        {
            curve.Points.Select(point => point.Labels).ShouldBe(Enumerable.Range(1, 12));
            curve.Points[^1].Metrics.Select(value => Math.Round(value.Mean, 12))
                .ShouldBe(strategy.Metrics.Select(metric => Math.Round(metric.Mean, 12)));
        }
    }

    [Fact]
    public void A_benchmark_that_is_not_finished_has_no_summary()
        => Should.Throw<InvalidOperationException>(
            () => BenchmarkSummarizer.Summarize(Plan([6]), _log, DateTimeOffset.UnixEpoch)).Message.ShouldContain(
                "good on cifar10:fpga with seed 1");

    [Fact]
    public async Task The_summary_is_JSON_with_the_names_of_the_measures()
    {
        using JsonDocument json = JsonDocument.Parse(PelNasJson.Serialize(await SummarizeAsync(Plan([6]))));
        JsonElement metric = json.RootElement.GetProperty("budgets")[0].GetProperty("strategies")[1].GetProperty("metrics")[3];
        metric.GetProperty("metric").GetString().ShouldBe("liveHypervolumeRatio");
        metric.GetProperty("holmPValue").GetDouble().ShouldBeInRange(0, 1);
    }

    [Fact]
    public async Task The_Markdown_has_a_row_a_strategy_and_a_context_with_as_many_cells_as_its_header()
    {
        string[] lines = SummaryMarkdown.Format(await SummarizeAsync(Plan([3, 6]))).Split('\n');
        lines.Count(line => line.StartsWith("| good |", StringComparison.Ordinal)).ShouldBe(2);
        lines.Count(line => line.StartsWith("| cifar100:eyeriss |", StringComparison.Ordinal)).ShouldBe(2);
        int width = 0;
        foreach (string line in lines)
        {
            int cells = line.Count(letter => letter == '|');
            width = cells == 0 ? 0 : width == 0 ? cells : width;
            cells.ShouldBe(width);
        }
    }

    [Fact]
    public async Task With_validation_labels_the_ceiling_stands_beside_the_measures()
    {
        BenchmarkPlan plan = Plan([6]) with { LabelsFrom = LabelSources.Validation };
        BenchmarkSummary summary = await SummarizeAsync(plan);

        CeilingSummary ceiling = summary.Ceiling.ShouldNotBeNull();
        ceiling.Metrics[0]
            .ShouldBe(plan.Contexts.Average(context => context.Metrics.Ceiling(LabelSources.Validation)!.HypervolumeRatio), 1e-12);
        ceiling.Contexts.Select(context => context.Context).ShouldBe(["cifar10:fpga", "cifar100:eyeriss"]);
        string text = SummaryMarkdown.Format(summary);
        text.ShouldContain("Labels are validation accuracies; fronts are judged on test accuracy.");
        text.ShouldContain($"| *ceiling* | {ceiling.Metrics[0]:0.0000} |");
        string[] rows = [.. text.Split('\n').SkipWhile(line => !line.StartsWith("| strategy", StringComparison.Ordinal)).Take(6)];
        rows.ShouldContain(line => line.Contains("*ceiling*", StringComparison.Ordinal));
        rows.Select(line => line.Count(letter => letter == '|')).Distinct().Count().ShouldBe(1);
        XElement table = Html(summary).Descendants("table").First(table => table.Value.Contains("ceiling", StringComparison.Ordinal));
        table.Descendants("tr").Select(row => row.Elements().Count()).Distinct().Count().ShouldBe(1);
        (await SummarizeAsync(Plan([6]))).Ceiling.ShouldBeNull();
    }

    [Fact]
    public async Task The_Markdown_says_when_where_and_how_it_was_made()
    {
        BenchmarkSummary summary = await SummarizeAsync(Plan([6])) with
        {
            Machine = "3 cores, X64",
            Command = "pelnas benchmark --labels 6",
        };
        SummaryMarkdown.Format(summary).ShouldContain("Made 1970-01-01 on 3 cores, X64 by\n\n    pelnas benchmark --labels 6\n");
    }

    /// <summary>More is better in hypervolume and worse in IGD; the lead is that of the reference.</summary>
    [Theory]
    [InlineData("hypervolumeRatio", 0.01, "▼")]
    [InlineData("hypervolumeRatio", -0.01, "▲")]
    [InlineData("igd", 0.01, "▲")]
    [InlineData("igd", -0.01, "▼")]
    public void A_significant_difference_is_marked_with_its_direction(string metric, double lead, string mark)
    {
        MetricSummary summary = new()
        {
            Metric = metric,
            Mean = 0.5,
            Deviation = 0.1,
            Rank = 2,
            ReferenceLead = lead,
            PValue = 0.001,
            HolmPValue = 0.002,
        };
        SummaryTable.Mark(summary).ShouldBe($" {mark}");
        SummaryTable.Mark(summary with { HolmPValue = 0.06 }).ShouldBe("");
        SummaryTable.Mark(summary with { ReferenceLead = null, PValue = null, HolmPValue = null }).ShouldBe("");
    }

    [Fact]
    public async Task The_report_is_well_formed_asks_for_nothing_and_names_every_strategy()
    {
        BenchmarkSummary summary = await SummarizeAsync(Plan([3, 12]));
        string page = BenchmarkReport.Render(summary);
        XElement html = Html(summary);
        page.ShouldNotContain("<script");
        page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal).ShouldNotContain("http://");
        page.ShouldNotContain("https://");
        html.Descendants("table").Count().ShouldBe(4);
        html.Descendants().Count(element => (string?)element.Attribute("class") == "band").ShouldBe(4 * 3);
        html.Descendants("li").Select(item => item.Value.Trim()).ShouldBe(["good", "poor", "poor-too"]);
        page.ShouldNotContain("NaN");
    }

    private static XElement Html(BenchmarkSummary summary)
        => XDocument.Parse(BenchmarkReport.Render(summary).Replace("<!DOCTYPE html>", "", StringComparison.Ordinal)).Root!;

    private BenchmarkPlan Plan(int[] budgets)
        => new([Trials.Fpga, Eyeriss], [_good, _poor, _poorToo], [1, 2, 3, 4, 5], budgets, LabelSources.Test);

    private async Task<BenchmarkSummary> SummarizeAsync(BenchmarkPlan plan)
    {
        await new BenchmarkRunner(new FakeTimeProvider()).RunAsync(plan, _log, workers: 1, progress: null, Cancellation);
        return BenchmarkSummarizer.Summarize(plan, _log, DateTimeOffset.UnixEpoch);
    }
}
