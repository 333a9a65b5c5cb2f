using System.Globalization;
using PelNas.LoopbackModels;
using PelNas.Shared.Common;
using PelNas.Shared.Comparison;
using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Proposer.Offline;
using PelNas.Shared.Records;
using PelNas.Shared.Tables;

namespace PelNas.Bench.Priors;

/// <summary>
/// <c>priors FILE CONTEXTS SEEDS LABELS STRATEGIES OUTPUT</c>: the product's search without a prior, with the recorded one of a language
/// model asked for over the prompt, with a prior from a file, with the labels of a search on another data set, and with the same file
/// shuffled and with its ranks reversed, which show what a bad prior costs.
/// </summary>
internal static class PriorComparison
{
    private const int ShuffleSeed = 12_345;

    public static async Task RunAsync(string file, string contexts, string seeds, string labels, string strategies, string output)
    {
        BenchmarkTables tables = BenchmarkTables.OpenDefault();
        Directory.CreateDirectory(output);
        string shuffled = Path.Combine(output, "shuffled.csv");
        string reversed = Path.Combine(output, "reversed.csv");
        Spoil(file, shuffled, accuracies => new Random(ShuffleSeed).Shuffle(accuracies));
        Spoil(file, reversed, accuracies =>
        {
            for (int i = 0; i < accuracies.Length; i++)
            {
                accuracies[i] = -accuracies[i];
            }
        });
        OfflineChatClient offline = new(tables.Space);
        PelNasStrategy[] all =
        [
            new PelNasStrategy(StrategyCatalog.PelNas, tables, offline),
            new PelNasStrategy("pel-nas-recorded-answers", tables, new RecordedPriorChatClient(tables.Space)),
            Told("pel-nas-prior", file),
            Told("pel-nas-transfer", PriorSources.Transfer),
            Told("pel-nas-shuffled-prior", shuffled),
            Told("pel-nas-reversed-prior", reversed),
        ];
        PelNasStrategy[] rows = strategies == "all" ? all : [.. all.Where(strategy => strategies.Split(',').Contains(strategy.Name))];
        BenchmarkPlan plan = new(
            [.. ContextGroups.Find(contexts)!.Select(pair => tables.GetContext(pair.Dataset, pair.Device))],
            rows,
            Range(seeds),
            [.. labels.Split(',').Select(count => int.Parse(count, CultureInfo.InvariantCulture))],
            LabelSources.Test);
        using BenchmarkLog log = new(output);
        await new BenchmarkRunner(TimeProvider.System).RunAsync(plan, log, workers: 1, progress: null, CancellationToken.None);
        BenchmarkSummary summary = BenchmarkSummarizer.Summarize(plan, log, TimeProvider.System.GetUtcNow());
        await File.WriteAllTextAsync(Path.Combine(output, "summary.md"), SummaryMarkdown.Format(summary));

        PelNasStrategy Told(string name, string prior)
            => new(name, tables, offline, (SearchRequest request) => request with { Prior = prior });
    }

    /// <summary>
    /// Writes a file whose accuracies are those of another, put elsewhere or changed, data set by data set. Ranked cells are left out:
    /// they were chosen for being good.
    /// </summary>
    private static void Spoil(string from, string to, Action<double[]> spoil)
    {
        string[][] lines =
        [
            .. PackedFile.ReadAllText(from).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
                .Select(line => line.Split(',')).Where(line => line[3].Length == 0),
        ];
        foreach (IGrouping<string, string[]> dataset in lines.GroupBy(line => line[1]))
        {
            double[] accuracies = [.. dataset.Select(line => double.Parse(line[4], CultureInfo.InvariantCulture))];
            spoil(accuracies);
            foreach ((string[] line, double accuracy) in dataset.Zip(accuracies))
            {
                line[4] = accuracy.ToString("R", CultureInfo.InvariantCulture);
            }
        }

        File.WriteAllLines(to, ["index,dataset,device,rank,accuracy", .. lines.Select(line => string.Join(',', line))]);
    }

    private static int[] Range(string seeds)
    {
        int[] ends = [.. seeds.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
        return [.. Enumerable.Range(ends[0], ends[^1] - ends[0] + 1)];
    }
}
