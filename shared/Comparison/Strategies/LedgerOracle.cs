using PelNas.Shared.Predictor;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Comparison.Strategies;

/// <summary>The oracle of a pel-nas run in a comparison: every label goes through the ledger that all strategies share.</summary>
internal sealed class LedgerOracle(SearchTrial trial) : IAccuracyOracle
{
    public Task<IReadOnlyList<double>> LabelAsync(
        BenchmarkContext context, string labelsFrom, IReadOnlyList<int> indices, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<double>>(
            [.. trial.Resolve([.. indices.Select(index => context.Space.Genotype(index).ToArray())]).Select(trial.Ledger.Pay)]);
}
