using System.Collections.Immutable;
using System.Text.Json;
using PelNas.Shared.Comparison.Statistics;
using PelNas.Shared.Predictor;
using PelNas.Shared.Reports;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Torch.Images;
using PelNas.Shared.Torch.Supernets;

namespace PelNas.Cli.Supernets;

/// <summary>Runs or continues a search with images, and says what the table has on what it found.</summary>
/// <param name="tables">Tables with the true accuracies, which no search sees.</param>
/// <param name="dataset">Data set of the accuracies.</param>
/// <param name="folder">Folder for results and the checkpoint.</param>
/// <param name="json">Whether the result goes to stdout as JSON.</param>
internal sealed class SupernetVerb(BenchmarkTables tables, string dataset, string folder, bool json)
{
    private const string CheckpointName = "checkpoint";
    private const string ScoresName = "scores.csv";
    private const int SampleSeed = 1;

    // Accuracies are the same for all devices.
    private const string AnyDevice = "fpga";

    public int Run(SupernetOrder order, ImageData images, int judged, CancellationToken cancellationToken)
    {
        ISearchSpace space = tables.Space;
        int[] sample = [.. Enumerable.Range(0, space.Size)];
        SeededRandom.For(SampleSeed, "supernet-sample").Shuffle(sample);
        sample = sample[..judged];
        SupernetOutcome outcome;
        try
        {
            outcome = new SupernetSearch(order, images, new ProcessorClock()).Run(
                Path.Combine(folder, CheckpointName),
                epoch => Console.Error.WriteLine(
                    $"epoch {epoch.Number}: {epoch.Steps} steps, {epoch.Minutes:0.0} of {order.Minutes:0.0} minutes "
                        + $"({epoch.CoreMinutes:0.0} of processor time), loss {epoch.Loss:0.000}"),
                [.. sample.Select(index => space.Genotype(index).ToArray())],
                cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Interruption.Tell("the same command continues after the last epoch");
        }

        SupernetResult result = Judge(order, images, outcome, sample);
        string text = JsonSerializer.Serialize(result, PelNasJson.Indented) + "\n";
        File.WriteAllText(Path.Combine(folder, ResultFiles.ResultName), text);
        if (judged > 0)
        {
            File.WriteAllLines(
                Path.Combine(folder, ScoresName),
                ["index,score", .. sample.Zip(outcome.Scores, (index, scores) => $"{index},{scores.Values.First():G9}")]);
        }

        Console.Out.Write(json ? text : Describe(result));
        return ExitCode.Done;
    }

    private SupernetResult Judge(SupernetOrder order, ImageData images, SupernetOutcome outcome, int[] sample)
    {
        int index = tables.Space.IndexOf([.. outcome.Cell]);
        ImmutableArray<double> accuracies = tables.GetContext(dataset, AnyDevice).TestAccuracy;
        return new SupernetResult(
            order,
            images.Count,
            index,
            tables.Space.Format(index),
            outcome.Collapsed,
            dataset,
            accuracies[index],
            1 + accuracies.Count(other => other > accuracies[index]),
            outcome.CoreMinutes,
            outcome.Epochs,
            outcome.Anytime,
            sample.Length < 2 ? [] : Agreements(outcome, sample, accuracies));
    }

    /// <summary>The method's scores beside what is known of a cell without images.</summary>
    private ScoreAgreement[] Agreements(SupernetOutcome outcome, int[] sample, ImmutableArray<double> accuracies)
    {
        IReadOnlyList<double[]> free = TrainingFreeScores.Of(tables, DatasetShape.Of(dataset));
        IEnumerable<(string Name, double[] Values)> scores =
            outcome.Scores[0].Keys.Select(name => (name, outcome.Scores.Select(cell => cell[name]).ToArray()));
        IEnumerable<(string Name, double[] Values)> others = new[] { ("nwot", 0), ("params", 2), ("flops", 3) }
            .Select(column => (column.Item1, sample.Select(index => free[column.Item2][index]).ToArray()));
        double[] truth = [.. sample.Select(index => accuracies[index])];
        double middle = truth.Order().ElementAt(truth.Length / 2);
        int[] better = [.. Enumerable.Range(0, truth.Length).Where(place => truth[place] >= middle)];
        return
        [
            .. scores.Concat(others).Select(score => new ScoreAgreement(
                score.Name,
                RankAgreement.Spearman(score.Values, truth),
                RankAgreement.Kendall(score.Values, truth),
                RankAgreement.Spearman(Of(score.Values), Of(truth)),
                RankAgreement.Kendall(Of(score.Values), Of(truth)))),
        ];

        double[] Of(double[] values) => [.. better.Select(place => values[place])];
    }

    private static string Describe(SupernetResult result)
    {
        string collapsed = result.Collapsed is { } why ? $" ({why})" : "";
        string found = $"{result.Order.Name} found cell {result.Index} {result.Architecture}{collapsed}\n"
            + $"its true accuracy on {result.Dataset}: {result.TrueAccuracy:0.00} %, rank {result.Rank} of the space; "
            + $"{result.CoreMinutes:0.0} minutes of processor time\n";
        return found + string.Concat(result.Agreements.Select(score =>
            $"{score.Score}: Spearman {score.Spearman:0.000}, Kendall {score.Kendall:0.000}; better half "
                + $"{score.BetterHalfSpearman:0.000}, {score.BetterHalfKendall:0.000}\n"));
    }

    /// <summary>What <c>result.json</c> says.</summary>
    private sealed record SupernetResult(
        SupernetOrder Order,
        int Images,
        int Index,
        string Architecture,
        string? Collapsed,
        string Dataset,
        double TrueAccuracy,
        int Rank,
        double CoreMinutes,
        IReadOnlyList<SupernetEpoch> Epochs,
        IReadOnlyList<double> Anytime,
        IReadOnlyList<ScoreAgreement> Agreements);

    /// <summary>How a score agrees with the true accuracies of the sample; null where all scores are alike.</summary>
    private sealed record ScoreAgreement(
        string Score, double? Spearman, double? Kendall, double? BetterHalfSpearman, double? BetterHalfKendall);
}
