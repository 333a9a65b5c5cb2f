using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Search;

/// <summary>Opens the accounts that steps ask the proposer on.</summary>
/// <param name="runs">Where what is spent is written down.</param>
public sealed class Spending(RunRepository runs)
{
    /// <summary>Instead of a partition, for what the search asks as a whole.</summary>
    public const int WholeRun = 999;

    /// <summary>On whose account a partition asks in a generation. The offline proposer costs nothing and has none.</summary>
    public async Task<ChatCall> OpenAsync(
        RunRow run, int partition, int generation, Allowance allowance, CancellationToken cancellationToken)
    {
        if (run.Proposer == ChatProviders.Offline)
        {
            return new ChatCall(run.RunId, partition);
        }

        (SpendingRow row, string? etag) = await runs.GetSpendingAsync(run.RunId, partition, generation, cancellationToken);
        return new ChatCall(run.RunId, partition, new SpendingAccount(run.RunId, allowance, row, SaveAsync));

        // It is not cancelled: what is spent is spent.
        async Task<bool> SaveAsync(SpendingRow spending)
        {
            string? written = await runs.TryPutSpendingAsync(run.RunId, spending, etag, CancellationToken.None);
            etag = written ?? etag;
            return written is not null;
        }
    }
}
