using PelNas.Shared.Chat.Offline;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Runs;

/// <summary>The step <c>FinishSearch</c>: records when and why a run ended, and what it has spent.</summary>
public sealed class SearchFinisher(IRunStore store)
{
    /// <summary>Runs the step.</summary>
    public async Task FinishAsync(string runId, string stopReason, DateTimeOffset finishedAt, CancellationToken cancellationToken)
    {
        RunRow run = await store.GetRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
        bool isCharged = run.Proposer != OfflineChatClient.ProviderName;
        BudgetRow? budget = isCharged && store is IBudgetStore budgets ? (await budgets.GetBudgetAsync(runId, cancellationToken)).Row : null;
        await store.PutRunAsync(
            run with
            {
                StopReason = stopReason,
                FinishedAt = finishedAt,
                Spent = budget?.Committed,
                Unconfirmed = budget is null ? null : budget.Committed - budget.Spent + budget.Unconfirmed,
            },
            cancellationToken);
    }
}
