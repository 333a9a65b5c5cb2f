using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using PelNas.Cli.Commands;
using PelNas.Cli.Searching;
using PelNas.Functions.Http.Searches;
using PelNas.Functions.Orchestrations;
using PelNas.Local.Engine;
using PelNas.Shared.Reports;
using PelNas.Shared.Storage;

namespace PelNas.Cli.Runs;

/// <summary>The runs of a store, and the histories of the searches that the command line and an app here have made.</summary>
/// <param name="services">The app's services.</param>
/// <param name="data">The data folder.</param>
internal sealed class StoredRuns(IServiceProvider services, string data) : IRunSource
{
    private readonly string _histories = SearchRunner.HistoryFolder(data);
    private readonly RunRepository _runs = services.GetRequiredService<RunRepository>();
    private readonly RunReporter _reporter = services.GetRequiredService<RunReporter>();

    public async Task<IReadOnlyList<SearchSummary>> ListAsync(int top, CancellationToken cancellationToken) =>
    [
        .. (await _runs.ListAsync(top, continuation: null, cancellationToken)).Runs
            .Select(run => SearchSummary.Of(run, StateOf(run).Status, progress: null)),
    ];

    public async Task<SearchResult> ResultAsync(string runId, CancellationToken cancellationToken)
        => (await ReadAsync(runId, cancellationToken)).Result;

    public async Task<(SearchStatus Status, string? Failure)> StateAsync(string runId, CancellationToken cancellationToken)
        => StateOf(await _runs.GetAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId));

    public async Task<string> ReportAsync(string runId, CancellationToken cancellationToken)
        => (await ReadAsync(runId, cancellationToken)).ToHtml();

    public async Task DeleteAsync(string runId, CancellationToken cancellationToken)
    {
        RunRow run = await _runs.GetAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
        string history = Path.Combine(_histories, $"{runId}.db");
        using (IDisposable? held = Hold(history + ".lock", runId))
        {
            await _runs.DeleteAsync(runId, TimeProvider.System.GetUtcNow(), cancellationToken);
            if (run.FinishedAt is not null || held is not null)
            {
                await _runs.PurgeAsync(runId, cancellationToken);
            }

            // Of a run that an app works on, its steps find the mark and end, and its rows go with the app's nightly purge.
        }

        foreach (string file in Directory.Exists(_histories) ? Directory.GetFiles(_histories, $"{runId}.db*") : [])
        {
            File.Delete(file);
        }
    }

    /// <summary>Keeps a search of the command line from going on meanwhile; null where the run has no history here.</summary>
    /// <exception cref="SearchFailedException">It is at work.</exception>
    private static FileStream? Hold(string path, string runId)
    {
        try
        {
            return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None) : null;
        }
        catch (IOException)
        {
            throw new SearchFailedException($"The search {runId} is at work in another process. Stop it first.");
        }
    }

    /// <summary>What the store says of a run, and the history of the search that made it, which only it has when it failed.</summary>
    private (SearchStatus Status, string? Failure) StateOf(RunRow run)
    {
        if (run.FinishedAt is not null)
        {
            return (SearchStatus.Completed, null);
        }

        OrchestrationMetadata? history = HistoryReader.Find(Path.Combine(_histories, $"{run.RunId}.db"), run.RunId)
            ?? HistoryReader.Find(ServeCommand.HistoryPath(data), run.RunId);
        return history?.RuntimeStatus switch
        {
            OrchestrationRuntimeStatus.Failed => (SearchStatus.Failed, history.FailureDetails?.Cause().ErrorMessage),
            OrchestrationRuntimeStatus.Terminated => (SearchStatus.Terminated, null),
            _ => (SearchStatus.Detached, null),
        };
    }

    private async Task<ReportedRun> ReadAsync(string runId, CancellationToken cancellationToken)
        => await _reporter.ReadAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
}
