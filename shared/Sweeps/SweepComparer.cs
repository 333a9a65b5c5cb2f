using PelNas.Shared.Pareto;
using PelNas.Shared.Records;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;
using PelNas.Shared.Tables;


namespace PelNas.Shared.Sweeps;

/// <summary>
/// The step <c>CompareSweeps</c>: joins the fronts of each context's searches, compares them with those of the last finished sweep
/// that searched the context, and closes the sweep's row with the result.
/// </summary>
public sealed class SweepComparer(SweepRepository sweeps, RunRepository runs, RunContexts contexts)
{
    private const int PageSize = 50;

    /// <summary>Runs the step and returns the row as written.</summary>
    /// <param name="sweepId">Id of the sweep.</param>
    /// <param name="searches">Its searches, ended.</param>
    /// <param name="finishedAt">UTC end.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<SweepRow> CompareAsync(
        string sweepId, IReadOnlyList<SweepSearch> searches, DateTimeOffset finishedAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(searches);
        SweepRow sweep = await sweeps.GetAsync(sweepId, cancellationToken)
            ?? throw new InvalidOperationException($"The store has no sweep '{sweepId}'.");
        List<SweepContext> joined = [];
        foreach (var group in searches.Where(search => search.Failure is null).GroupBy(search => (search.Dataset, search.Device)))
        {
            BenchmarkContext context = (await contexts.GetAsync(group.First().RunId, cancellationToken)).Benchmark;
            joined.Add(await JoinAsync(context, sweep.Request.LabelsFrom, group, cancellationToken));
        }

        IReadOnlyList<SweepContext> compared = await CompareAsync(sweep, joined, cancellationToken);
        return (await sweeps.ChangeAsync(
            sweepId, stored => (stored ?? sweep) with { FinishedAt = finishedAt, Searches = searches, Contexts = compared }, cancellationToken))!;
    }

    private async Task<SweepContext> JoinAsync(
        BenchmarkContext context, string labelsFrom, IEnumerable<SweepSearch> searches, CancellationToken cancellationToken)
    {
        HashSet<int> labelled = [];
        foreach (SweepSearch search in searches)
        {
            FrontRow? front = (await runs.GetHistoryAsync(search.RunId, cancellationToken)).Front;
            labelled.UnionWith(front?.Front.Points.Select(point => point.Index) ?? []);
        }

        int[] indices = [.. labelled.Order()];
        double[][] points = [.. indices.Select(index => new[] { context.LatencyMs[index], 100 - context.Labels(labelsFrom)[index] })];
        int[] joined = [.. NonDominatedSort.FirstFront(points).Select(place => indices[place]).Order()];
        return new SweepContext
        {
            Dataset = context.Dataset,
            Device = context.Device,
            DeviceTable = context.TableVersion,
            Hypervolume = context.Metrics.Evaluate(joined, labelsFrom).Hypervolume,
            Front = joined,
        };
    }

    /// <summary>Goes back through the sweeps with the same kind of labels until every context has one to compare with, or there are no more.</summary>
    private async Task<IReadOnlyList<SweepContext>> CompareAsync(SweepRow sweep, List<SweepContext> joined, CancellationToken cancellationToken)
    {
        Dictionary<(string, string, string?), (SweepRow Sweep, SweepContext Context)> last = [];
        string? continuation = null;
        do
        {
            SweepPage page = await sweeps.ListAsync(PageSize, continuation, cancellationToken);
            foreach (SweepRow earlier in page.Sweeps.Where(row => row.SweepId != sweep.SweepId && row.FinishedAt <= sweep.StartedAt && row.Request.LabelsFrom == sweep.Request.LabelsFrom))
            {
                foreach (SweepContext context in earlier.Contexts)
                {
                    var key = KeyOf(context);
                    if (!last.TryGetValue(key, out var found) || found.Sweep.FinishedAt < earlier.FinishedAt)
                    {
                        last[key] = (earlier, context);
                    }
                }
            }

            continuation = page.Continuation;
        }
        while (continuation is not null && !joined.TrueForAll(context => last.ContainsKey(KeyOf(context))));

        return
        [
            .. joined.Select(context => last.TryGetValue(KeyOf(context), out var before)
                ? context with { Comparison = Compare(context, before.Sweep.SweepId, before.Context) }
                : context),
        ];
    }

    /// <summary>What makes two results comparable: on another version of a device's table a front has other latencies.</summary>
    private static (string Dataset, string Device, string? DeviceTable) KeyOf(SweepContext context) => (context.Dataset, context.Device, context.DeviceTable);

    private static SweepComparison Compare(SweepContext now, string previousSweepId, SweepContext before) => new(
        previousSweepId,
        now.Hypervolume - before.Hypervolume,
        now.Front.Except(before.Front).Count(),
        before.Front.Except(now.Front).Count());
}
