namespace PelNas.Shared.Tests.Comparison.Strategies;

/// <summary>A prior is a stranger's word: from 60 labels on it costs next to nothing where it is wrong.</summary>
public sealed class BadPriorTests : FolderTest
{
    private const int Labels = 60;

    private static readonly int[] Seeds = [1, 2, 3, 4];

    private static readonly Lazy<Task<double[]>> None = new(() => RunAsync(null));

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task It_stays_within_standard_errors_of_none(bool isReversed, int errors)
    {
        double[] accuracies = [.. Trials.Fpga.TestAccuracy];
        if (isReversed)
        {
            accuracies = Array.ConvertAll(accuracies, accuracy => -accuracy);
        }
        else
        {
            new Random(1).Shuffle(accuracies);
        }

        string file = Folder.File("prior.csv");
        File.WriteAllLines(
            file, ["index,accuracy", .. accuracies.Select((accuracy, index) => FormattableString.Invariant($"{index},{accuracy}"))]);

        double[] none = await None.Value;
        double[] told = await RunAsync(file);

        double mean = none.Average();
        double error = Math.Sqrt(none.Sum(ratio => (ratio - mean) * (ratio - mean)) / (none.Length - 1) / none.Length);
        told.Average().ShouldBeGreaterThan(mean - (errors * error));
    }

    private static async Task<double[]> RunAsync(string? prior)
    {
        PelNasStrategy strategy = new(
            "told", StepHarness.Tables, new OfflineChatClient(StepHarness.Tables.Space), request => request with { Prior = prior });
        List<double> ratios = [];
        foreach (int seed in Seeds)
        {
            SearchTrial trial = Trials.Create(Labels, seed);
            await strategy.SearchAsync(trial, Cancellation);
            FrontQuality quality = Trials.Fpga.Metrics.Evaluate(trial.Ledger.Labels(), LabelSources.Test);
            ratios.Add((quality.HypervolumeRatio + quality.LiveHypervolumeRatio) / 2);
        }

        return [.. ratios];
    }
}
