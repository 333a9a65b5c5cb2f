using PelNas.Shared.Predictor;
using PelNas.Shared.Tables;


namespace PelNas.Shared.Comparison.Strategies;

/// <summary>The oracle of a pel-nas run in a comparison: every label goes through the ledger that all strategies share.</summary>
internal sealed class LedgerOracle(LabelLedger ledger) : IAccuracyOracle
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<double>> LabelAsync(BenchmarkContext context, string labelsFrom, IReadOnlyList<int> indices, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<double>>([.. indices.Select(ledger.Pay)]);
}
