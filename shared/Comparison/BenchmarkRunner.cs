using PelNas.Shared.Comparison.Strategies;

namespace PelNas.Shared.Comparison;

/// <summary>Makes the runs of a plan that are missing, several at a time, and records each as it ends.</summary>
public sealed class BenchmarkRunner(TimeProvider time)
{
    private const int CurvePoints = 30;

    /// <summary>Runs what is missing.</summary>
    /// <param name="log">The tables; rows that are there are not made again.</param>
    /// <param name="workers">Runs at a time.</param>
    /// <param name="progress">Receives the number of rows that are there, at first and after each run; null for none.</param>
    /// <param name="cancellationToken">Cancels; finished runs are kept.</param>
    public async Task RunAsync(
        BenchmarkPlan plan, BenchmarkLog log, int workers, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        int done = plan.Keys.Count(log.Contains);
        progress?.Report(done);
        ParallelOptions options = new() { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(plan.Jobs(log.Contains), options, async (job, cancellation) =>
        {
            SearchTrial trial = new(job.Context, plan.LabelsFrom, job.Seed, job.Budgets[^1], time);
            await job.Strategy.SearchAsync(trial, cancellation);
            log.Append([.. job.Budgets.Select(budget => Row(job, trial, budget))], Curve(job, trial, plan));
            progress?.Report(Interlocked.Add(ref done, job.Budgets.Length));
        });
    }

    private static BenchmarkRow Row(BenchmarkJob job, SearchTrial trial, int budget)
    {
        LabelLedger ledger = trial.Ledger;
        int labels = Math.Min(budget, ledger.Entries.Count);

        // What the run of a larger budget had used when it had paid this budget's labels; at its own budget, all that it used.
        LabelEntry then = budget == ledger.Budget || labels == 0
            ? new LabelEntry(0, ledger.Scored, ledger.Invalid, ledger.Duplicates, ledger.Elapsed)
            : ledger.Entries[labels - 1];
        int[] labelled = [.. ledger.Entries.Take(labels).Select(entry => entry.Index)];
        return new BenchmarkRow
        {
            Key = new BenchmarkKey(job.Strategy.Name, job.Context.Name, ledger.LabelsFrom, job.Seed, budget),
            Proposer = job.Strategy.Proposer,
            Labels = labels,
            Functions = labelled.Select(trial.Space.FunctionId).Distinct().Count(),
            Quality = trial.Judge(labelled),
            Scored = then.Scored,
            Invalid = then.Invalid,
            Duplicates = then.Duplicates,
            Origins = budget == ledger.Budget ? ledger.Origins : null,
            Seconds = then.Elapsed.TotalSeconds,
        };
    }

    /// <summary>The course of a run at the plan's largest budget; other runs have none.</summary>
    private static CurveRow[] Curve(BenchmarkJob job, SearchTrial trial, BenchmarkPlan plan)
    {
        LabelLedger ledger = trial.Ledger;
        if (ledger.Budget != plan.Budgets[^1])
        {
            return [];
        }

        BenchmarkKey key = new(job.Strategy.Name, job.Context.Name, ledger.LabelsFrom, job.Seed, ledger.Budget);
        return
        [
            .. CurveGrid(ledger.Budget).Select(labels => new CurveRow(
                key, labels, trial.Judge(ledger.Entries.Take(labels).Select(entry => entry.Index)))),
        ];
    }

    /// <summary>Numbers of labels at which curves have points.</summary>
    internal static IEnumerable<int> CurveGrid(int budget)
    {
        int step = Math.Max(1, (int)Math.Ceiling(budget / (double)CurvePoints));
        for (int labels = step; labels < budget; labels += step)
        {
            yield return labels;
        }

        yield return budget;
    }
}
