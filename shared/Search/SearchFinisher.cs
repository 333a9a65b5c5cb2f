using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Proposer.Offline;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;


namespace PelNas.Shared.Search;

/// <summary>The step <c>FinishSearch</c>: records when and why a run ended, and what it has spent.</summary>
public sealed class SearchFinisher(RunRepository runs)
{
    /// <summary>Runs the step and returns the row as written.</summary>
    public async Task<RunRow> FinishAsync(string runId, string stopReason, DateTimeOffset finishedAt, CancellationToken cancellationToken)
    {
        RunRow run = await runs.GetAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
        BudgetRow? budget = run.Proposer == ChatProviders.Offline ? null : (await runs.GetBudgetAsync(runId, cancellationToken)).Row;
        return await runs.ChangeAsync(
            runId,
            stored => stored with
            {
                StopReason = stopReason,
                FinishedAt = finishedAt,
                Spent = budget is null ? null : stored.Priced(budget.Committed),
                Unconfirmed = budget is null ? null : stored.Priced(budget.Committed - budget.Spent + budget.Unconfirmed),
            },
            cancellationToken);
    }
}
