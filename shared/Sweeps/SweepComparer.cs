using PelNas.Shared.Pareto;
using PelNas.Shared.Records;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Sweeps;

/// <summary>
/// The step <c>CompareSweeps</c>: joins the fronts of each context's searches, compares them with those of the last finished sweep
/// that searched the context in the same way, and closes the sweep's row with the result.
/// </summary>
public sealed class SweepComparer(SweepRepository sweeps, RunRepository runs, RunContexts contexts)
{
    private const int PageSize = 50;

    /// <summary>Runs the step and returns the row as written.</summary>
    /// <param name="searches">Its searches, ended.</param>
    /// <param name="finishedAt">UTC end.</param>
    public async Task<SweepRow> CompareAsync(
        string sweepId, IReadOnlyList<SweepSearch> searches, DateTimeOffset finishedAt, CancellationToken cancellationToken)
    {
        SweepRow sweep = await sweeps.GetAsync(sweepId, cancellationToken)
            ?? throw new InvalidOperationException($"The store has no sweep '{sweepId}'.");
        List<RunRow> found = [];
        foreach (SweepSearch search in searches.Where(search => search.Failure is null))
        {
            // One that was deleted meanwhile is gone for the sweep too.
            found.AddRange(await runs.GetAsync(search.RunId, cancellationToken) is { } run ? [run] : []);
        }

        List<SweepContext> joined = [];
        foreach (var group in found.GroupBy(run => (run.Request.Dataset, run.Request.Device)))
        {
            joined.Add(await JoinAsync(await contexts.OfAsync(group.First(), cancellationToken), group, cancellationToken));
        }

        IReadOnlyList<SweepContext> compared = await CompareAsync(sweep, joined, cancellationToken);
        return (await sweeps.ChangeAsync(
            sweepId, stored => (stored ?? sweep) with { FinishedAt = finishedAt, Searches = searches, Contexts = compared },
            cancellationToken))!;
    }

    private async Task<SweepContext> JoinAsync(RunContext run, IEnumerable<RunRow> searches, CancellationToken cancellationToken)
    {
        (BenchmarkContext context, string labelsFrom) = (run.Benchmark, run.Request.LabelsFrom);
        HashSet<int> labelled = [];
        foreach (RunRow search in searches)
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
            Tables = SweepLikeness.DigestOf(context, labelsFrom),
            Proposer = run.Run.Proposer,
            Hypervolume = context.Metrics.Evaluate(joined, labelsFrom).Hypervolume,
            Front = joined,
        };
    }

    /// <summary>Goes back through the sweeps until every context has one like it to compare with, or there are no more.</summary>
    private async Task<IReadOnlyList<SweepContext>> CompareAsync(
        SweepRow sweep, List<SweepContext> joined, CancellationToken cancellationToken)
    {
        Dictionary<SweepContext, EarlierContext> alike = [];
        Dictionary<SweepContext, EarlierContext> unlike = [];
        string? continuation = null;
        do
        {
            SweepPage page = await sweeps.ListAsync(PageSize, continuation, cancellationToken);
            foreach (SweepRow earlier in page.Sweeps.Where(row => row.SweepId != sweep.SweepId && row.FinishedAt <= sweep.StartedAt))
            {
                foreach (SweepContext before in earlier.Contexts)
                {
                    foreach (SweepContext now in joined.Where(one => (one.Dataset, one.Device) == (before.Dataset, before.Device)))
                    {
                        string? difference = SweepLikeness.Difference(sweep.Request, now, earlier.Request, before);
                        Dictionary<SweepContext, EarlierContext> last = difference is null ? alike : unlike;
                        if (!last.TryGetValue(now, out EarlierContext? found) || found.Sweep.FinishedAt < earlier.FinishedAt)
                        {
                            last[now] = new EarlierContext(earlier, before, difference);
                        }
                    }
                }
            }

            continuation = page.Continuation;
        }
        while (continuation is not null && !joined.TrueForAll(alike.ContainsKey));

        return
        [
            .. joined.Select(context => alike.TryGetValue(context, out EarlierContext? before)
                ? context with { Comparison = Compare(context, before.Sweep.SweepId, before.Context) }
                    : unlike.TryGetValue(context, out EarlierContext? other)
                    ? context with { NotComparedBecause = $"{other.Sweep.SweepId} {other.Difference}" }
                    : context),
        ];
    }

    private static SweepComparison Compare(SweepContext now, string previousSweepId, SweepContext before) => new(
        previousSweepId,
        now.Hypervolume - before.Hypervolume,
        now.Front.Except(before.Front).Count(),
        before.Front.Except(now.Front).Count());

    private sealed record EarlierContext(SweepRow Sweep, SweepContext Context, string? Difference);
}
