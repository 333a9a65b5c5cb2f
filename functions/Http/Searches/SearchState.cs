using Microsoft.DurableTask;
using PelNas.Functions.Orchestrations;

namespace PelNas.Functions.Http.Searches;

/// <summary>A search as the store and the orchestrations know it. At least one of the two does.</summary>
/// <param name="Id">Run id, which is also the instance id.</param>
/// <param name="Row">The run's row; null until the search is planned.</param>
/// <param name="Instance">The orchestration; null when another process runs the search or its history was purged.</param>
internal sealed record SearchState(string Id, RunRow? Row, OrchestrationMetadata? Instance)
{
    private const int MaxMessageLength = 2000;

    /// <summary>Where the search stands. The row is asked first: it is written just before the orchestration ends.</summary>
    public SearchStatus Status => Row?.FinishedAt is not null ? SearchStatus.Completed : Instance?.RuntimeStatus switch
    {
        null => SearchStatus.Detached,
        OrchestrationRuntimeStatus.Pending => SearchStatus.Pending,
        OrchestrationRuntimeStatus.Suspended => SearchStatus.Suspended,
        OrchestrationRuntimeStatus.Completed => SearchStatus.Completed,
        OrchestrationRuntimeStatus.Failed => SearchStatus.Failed,
        OrchestrationRuntimeStatus.Running => SearchStatus.Running,
        _ => SearchStatus.Terminated,
    };

    /// <summary>Whether the search can still be suspended, resumed or terminated here.</summary>
    public bool IsAlive => Status is SearchStatus.Pending or SearchStatus.Running or SearchStatus.Suspended;

    /// <summary>What was asked.</summary>
    public SearchRequest Request => Row?.Request ?? Instance?.ReadInputAs<SearchInput>()?.Request
        ?? throw new InvalidOperationException($"The orchestration '{Id}' has no request.");

    /// <summary>How far it is; null before the first generation is done.</summary>
    public SearchProgress? Progress => Instance?.SerializedCustomStatus is null ? null : Instance.ReadCustomStatusAs<SearchProgress>();

    /// <summary>Why it failed; null when it did not.</summary>
    public SearchFailure? Failure => Instance switch
    {
        { FailureDetails: { } details } => Of(details.Cause()),
        // The storage backend reports an orchestration's failure as text where its output would be.
        { RuntimeStatus: OrchestrationRuntimeStatus.Failed, SerializedOutput: { } text } => Of(text),
        _ => null,
    };

    /// <summary>The run's row.</summary>
    /// <exception cref="RefusedException">404: the search is not planned yet.</exception>
    public RunRow Planned => Row ?? throw SearchAnswers.NotPlanned(Id);

    /// <summary>Finds a search.</summary>
    /// <exception cref="RefusedException">404: there is none of that id, or it was deleted.</exception>
    public static async Task<SearchState> GetAsync(
        RunRepository runs, DurableTaskClient client, string id, CancellationToken cancellationToken)
        => await FindAsync(runs, client, id, cancellationToken) ?? throw SearchAnswers.Unknown(id);

    /// <summary>Finds a search; null when there is none of that id, or it was deleted.</summary>
    public static async Task<SearchState?> FindAsync(
        RunRepository runs, DurableTaskClient client, string id, CancellationToken cancellationToken)
    {
        if (!RunIds.IsValid(id) || await runs.IsDeletedAsync(id, cancellationToken))
        {
            return null;
        }

        RunRow? row = await runs.GetAsync(id, cancellationToken);
        OrchestrationMetadata? instance = await FindInstanceAsync(client, id, cancellationToken);
        return row is null && instance is null ? null : new SearchState(id, row, instance);
    }

    /// <summary>The state of a run of the list. One that has finished needs no look at its orchestration.</summary>
    public static async Task<SearchState> OfAsync(RunRow row, DurableTaskClient client, CancellationToken cancellationToken)
        => new(row.RunId, row, row.FinishedAt is null ? await FindInstanceAsync(client, row.RunId, cancellationToken) : null);

    // Ids of partitions look like run ids, too, but are not searches.
    private static async Task<OrchestrationMetadata?> FindInstanceAsync(
        DurableTaskClient client, string id, CancellationToken cancellationToken)
        => await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken) is { Name: nameof(SearchOrchestrator) } instance
            ? instance
            : null;

    private static SearchFailure Of(TaskFailureDetails details)
        => new(details.ErrorType, UntrustedText.Cut(details.ErrorMessage, MaxMessageLength));

    private static SearchFailure Of(string text)
    {
        const string Separator = ": ";
        int end = text.IndexOf(Separator, StringComparison.Ordinal);
        return end < 0
            ? new SearchFailure(typeof(TaskFailedException).FullName!, UntrustedText.Cut(text, MaxMessageLength))
            : new SearchFailure(text[..end], UntrustedText.Cut(text[(end + Separator.Length)..], MaxMessageLength));
    }
}

/// <summary>Where a search stands.</summary>
public enum SearchStatus
{
    /// <summary>Accepted, not yet planned.</summary>
    Pending,

    /// <summary>At work.</summary>
    Running,

    /// <summary>Held until it is resumed.</summary>
    Suspended,

    /// <summary>Ended with a result.</summary>
    Completed,

    /// <summary>Ended by a fault.</summary>
    Failed,

    /// <summary>Ended from outside.</summary>
    Terminated,

    /// <summary>Not finished, and no orchestration of this app works on it: another process does, or its history was purged.</summary>
    Detached,
}

/// <summary>Why a search failed.</summary>
/// <param name="Type">Name of the exception.</param>
/// <param name="Message">Its message, cut to 2,000 characters.</param>
public sealed record SearchFailure(string Type, string Message);
