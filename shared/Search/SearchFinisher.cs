using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Search;

/// <summary>The step <c>FinishSearch</c>: records when and why a run ended, what it came to and what it has spent.</summary>
public sealed class SearchFinisher(RunRepository runs)
{
    /// <summary>Runs the step and returns the row as written.</summary>
    public async Task<RunRow> FinishAsync(string runId, string stopReason, DateTimeOffset finishedAt, CancellationToken cancellationToken)
    {
        RunRow run = await runs.GetAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
        bool isCharged = run.Proposer != ChatProviders.Offline;
        IReadOnlyList<SpendingRow> spending = isCharged ? await runs.ListSpendingAsync(runId, cancellationToken) : [];
        ChatUsage spent = spending.Aggregate(ChatUsage.None, (sum, row) => sum + row.Settled().Spent);
        ChatUsage unconfirmed = spending.Aggregate(ChatUsage.None, (sum, row) => sum + row.Settled().Unconfirmed);
        RunHistory history = await runs.GetHistoryAsync(runId, cancellationToken);
        return await runs.ChangeAsync(
            runId,
            stored => stored with
            {
                StopReason = stopReason,
                FinishedAt = finishedAt,
                Labels = history.Front?.Labels,
                Hypervolume = history.Front?.Round.Hypervolume,
                Spent = isCharged ? stored.Priced(spent) : null,
                Unconfirmed = isCharged ? stored.Priced(unconfirmed) : null,
            },
            cancellationToken);
    }
}
