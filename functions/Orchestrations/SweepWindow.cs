using Microsoft.DurableTask;
using PelNas.Shared.Sweeps;

namespace PelNas.Functions.Orchestrations;

/// <summary>
/// Runs a sweep's searches, so many at a time. Runs inside <see cref="SweepOrchestrator"/> and is replayed with it, so it keeps to
/// the same rules.
/// </summary>
internal sealed class SweepWindow(TaskOrchestrationContext context, SweepRequest request, IReadOnlyList<SweepSearch> searches)
{
    private readonly List<(SweepSearch Search, Task<SweepSearch> Task)> _running = [];
    private readonly List<SweepSearch> _ended = [];

    /// <summary>
    /// Runs all searches and returns them as they ended, in the order of the plan. One that fails does not stop the others.
    /// </summary>
    public async Task<IReadOnlyList<SweepSearch>> RunAsync()
    {
        Queue<SweepSearch> waiting = new(searches);
        while (waiting.Count > 0 || _running.Count > 0)
        {
            while (_running.Count < request.Window && waiting.TryDequeue(out SweepSearch? next))
            {
                _running.Add((next, SearchAsync(next)));
            }

            ShowProgress();
            Task<SweepSearch> ended = await Task.WhenAny(_running.Select(search => search.Task));
            _running.RemoveAll(search => search.Task == ended);
            _ended.Add(await ended);
        }

        ShowProgress();
        return [.. searches.Select(search => _ended.First(ended => ended.RunId == search.RunId))];
    }

    private async Task<SweepSearch> SearchAsync(SweepSearch search)
    {
        try
        {
            await context.CallSubOrchestratorAsync<SearchOutcome>(
                nameof(SearchOrchestrator), new SearchInput(SweepPlan.RequestOf(request, search)),
                new SubOrchestrationOptions(instanceId: search.RunId));
            return search;
        }
        catch (TaskFailedException exception)
        {
            return search with { Failure = ShortFailure.Of(exception.FailureDetails) };
        }
    }

    private void ShowProgress() => context.SetCustomStatus(new SweepProgress(
        searches.Count, _ended.Count, _ended.Count(search => search.Failure is not null),
        [.. _running.Select(search => search.Search.RunId)]));
}
