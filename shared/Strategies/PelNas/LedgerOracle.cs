using PelNas.Shared.Benchmarks;
using PelNas.Shared.Scoring.Accuracy;

namespace PelNas.Shared.Strategies.PelNas;

/// <summary>The oracle of a pel-nas run in a comparison: every label goes through the ledger that all strategies share.</summary>
internal sealed class LedgerOracle(LabelLedger ledger) : IAccuracyOracle
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<double>> LabelAsync(BenchmarkContext context, IReadOnlyList<int> indices, CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<double>>([.. indices.Select(ledger.Pay)]);
}
