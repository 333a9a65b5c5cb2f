using System.Globalization;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;

namespace PelNas.Cli.Searching;

/// <summary>Writes a line for each generation of a search as it is finished.</summary>
internal sealed class ProgressReporter(RunRepository runs, TimeProvider time, TextWriter output)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private RunRow? _run;

    /// <summary>Follows a run until it ends.</summary>
    public async Task FollowAsync(string runId, Task completion, CancellationToken cancellationToken)
    {
        int next = 0;
        bool ended;
        do
        {
            // Whether it has ended is asked before the store is read, so that the last generations are not missed.
            ended = completion.IsCompleted;
            next = await WriteFinishedAsync(runId, next, cancellationToken);
            if (!ended)
            {
                await Task.WhenAny(completion, Task.Delay(Interval, time, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        while (!ended);
    }

    private async Task<int> WriteFinishedAsync(string runId, int next, CancellationToken cancellationToken)
    {
        if ((_run ??= await AnnounceAsync(runId, cancellationToken)) is not { } run)
        {
            return next;
        }

        // One row is asked for until it is there: the search needs the machine more than its progress does.
        while (await runs.FindAsync<FrontRow>(runId, new(next, GenerationKinds.Front), cancellationToken) is { } front)
        {
            output.WriteLine(Line(run, (await runs.GetHistoryAsync(runId, cancellationToken)).Rounds, front));
            next++;
        }

        return next;
    }

    private async Task<RunRow?> AnnounceAsync(string runId, CancellationToken cancellationToken)
    {
        RunRow? run = await runs.GetAsync(runId, cancellationToken);
        if (run is not null)
        {
            output.WriteLine(
                $"{run.Request.Dataset} on {run.Request.Device}, seed {run.Request.Seed}, {run.Partitions.Count} partitions ({run.Request.PartitionScheme}), proposer {run.Proposer}");
        }

        return run;
    }

    private static string Line(RunRow run, IReadOnlyList<RoundRow> rounds, FrontRow front)
    {
        RoundRow whole = front.Round;
        string perPartition = string.Join(' ', run.Partitions.Select(partition =>
        {
            IEnumerable<RoundRow> own = rounds.Where(round => round.Partition == partition.Id && round.Generation <= whole.Generation);
            return own.Sum(round => round.Accepted);
        }));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"gen {whole.Generation,2}/{run.Request.Generations}  labels {front.Labels,3}/{run.Request.MaxLabels}  HV {whole.Hypervolume:0.0000}"
            + $"  front {whole.Archive,2}  tried {perPartition}{Unusable(whole.Answers)}");
    }

    private static string Unusable(AnswerTally answers) => answers.IsAlarming()
        ? string.Create(CultureInfo.InvariantCulture, $"  {answers.CountUnusable()} of {answers.Answers} answers not usable")
        : "";
}
