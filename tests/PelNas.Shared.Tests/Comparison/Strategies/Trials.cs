namespace PelNas.Shared.Tests.Comparison.Strategies;

/// <summary>Runs of strategies on the shipped tables.</summary>
internal static class Trials
{
    public static readonly StrategyCatalog Catalog = new(StepHarness.Tables);

    public static readonly BenchmarkContext Fpga = StepHarness.Tables.GetContext("cifar10", "fpga");

    public static SearchTrial Create(int budget, int seed = 3, BenchmarkContext? context = null, string labelsFrom = LabelSources.Test)
        => new(context ?? Fpga, labelsFrom, seed, budget, new FakeTimeProvider());

    /// <summary>Runs a strategy and returns its ledger.</summary>
    public static async Task<LabelLedger> RunAsync(
        string strategy, int budget, int seed = 3, BenchmarkContext? context = null, string labelsFrom = LabelSources.Test)
    {
        SearchTrial trial = Create(budget, seed, context, labelsFrom);
        await Catalog.Find(strategy)!.SearchAsync(trial, Cancellation);
        return trial.Ledger;
    }

    public static int[] Labels(this LabelLedger ledger) => [.. ledger.Entries.Select(entry => entry.Index)];
}
