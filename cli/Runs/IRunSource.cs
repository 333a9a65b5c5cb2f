using PelNas.Functions.Http.Searches;
using PelNas.Shared.Reports;

namespace PelNas.Cli.Runs;

/// <summary>
/// Where runs are: a store, or an app that answers over HTTP. A run that is not there is a <see cref="RunNotFoundException"/>.
/// </summary>
internal interface IRunSource
{
    /// <summary>The newest runs. Of one that has not ended and is no app's, only whether it failed is known.</summary>
    Task<IReadOnlyList<SearchSummary>> ListAsync(int top, CancellationToken cancellationToken);

    /// <summary>The result of a run so far.</summary>
    Task<SearchResult> ResultAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Where a run stands, and why it failed, if it did.</summary>
    Task<(SearchStatus Status, string? Failure)> StateAsync(string runId, CancellationToken cancellationToken);

    /// <summary>The report of a run so far, an HTML page.</summary>
    Task<string> ReportAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Deletes a run.</summary>
    Task DeleteAsync(string runId, CancellationToken cancellationToken);
}
