using PelNas.Shared.Partitioning;
using PelNas.Shared.Storage;

namespace PelNas.Cli.Searching;

/// <summary>Writes a line for each generation of a search as it is finished, and on a terminal what is waited for meanwhile.</summary>
/// <param name="runs">Where the run is read.</param>
/// <param name="time">Tells how long.</param>
/// <param name="output">Where lines go.</param>
/// <param name="columns">Columns of the terminal that it is, or null for a file or a pipe.</param>
internal sealed class ProgressReporter(RunRepository runs, TimeProvider time, TextWriter output, int? columns = null)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private RunRow? _run;
    private long _generationStart = time.GetTimestamp();
    private TimeSpan _toldAfter;
    private (int Generation, long At)? _watchedFrom;

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
            if (next > 0)
            {
                // Neither the seeds, which ask nobody, nor what was done before a resumed search say how long the rest takes.
                _watchedFrom ??= (next, time.GetTimestamp());
            }

            if (!ended)
            {
                await TellWaitAsync(runId, next, cancellationToken);
                await Task.WhenAny(completion, Task.Delay(Interval, time, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        while (!ended);
        Erase();
    }

    private async Task<int> WriteFinishedAsync(string runId, int next, CancellationToken cancellationToken)
    {
        if ((_run ??= await AnnounceAsync(runId, cancellationToken)) is not { } run)
        {
            return next;
        }

        // One row is looked up until it is there: the search needs the machine more than its progress does.
        while (await runs.FindAsync<FrontRow>(runId, new(next, GenerationKinds.Front), cancellationToken) is { } front)
        {
            Erase();
            output.WriteLine(Line(run, (await runs.GetHistoryAsync(runId, cancellationToken)).Rounds, front));
            next++;
            (_generationStart, _toldAfter) = (time.GetTimestamp(), TimeSpan.Zero);
        }

        return next;
    }

    /// <summary>Says once a second what is waited for, in the line that the next one takes the place of.</summary>
    private async Task TellWaitAsync(string runId, int generation, CancellationToken cancellationToken)
    {
        TimeSpan waited = time.GetElapsedTime(_generationStart);
        if (columns is not { } width || _run is not { } run || generation > run.Request.Generations || waited - _toldAfter < Second)
        {
            return;
        }

        _toldAfter = waited;
        IReadOnlyList<IGenerationRow> rows = await runs.ReadAsync(runId, generation, generation, cancellationToken);
        string? fault = await runs.FindFaultAsync(runId, generation, cancellationToken);
        string line = Waiting.Line(run, generation, rows, waited, Rest(run, generation), fault);
        Erase();

        // A line that is broken cannot be erased.
        output.Write(line[..Math.Min(line.Length, width - 1)]);
        output.Flush();
    }

    /// <summary>
    /// How long this and all further generations take if they are like those that were watched; null before there is one.
    /// </summary>
    private TimeSpan? Rest(RunRow run, int generation) => _watchedFrom is { } from && generation > from.Generation
        ? time.GetElapsedTime(from.At, _generationStart) / (generation - from.Generation) * (run.Request.Generations - generation + 1)
        : null;

    private void Erase()
    {
        if (columns is not null)
        {
            output.Write(Terminal.EraseLine);
        }
    }

    private async Task<RunRow?> AnnounceAsync(string runId, CancellationToken cancellationToken)
    {
        RunRow? run = await runs.GetAsync(runId, cancellationToken);
        if (run is not null)
        {
            output.WriteLine(
                $"{run.Request.Dataset} on {run.Request.Device}, seed {run.Request.Seed}, {run.Partitions.Count} partitions "
                    + $"({PartitionSchemes.In(run.Request.Space, run.Request.PartitionScheme)}), proposer {run.Proposer}");
        }

        return run;
    }

    private static string Line(RunRow run, IReadOnlyList<RoundRow> rounds, FrontRow front)
    {
        RoundRow whole = front.Round;
        RoundRow[] sofar = [.. rounds.Where(round => round.Generation <= whole.Generation)];
        IEnumerable<int> tried = run.Partitions.Select(
            partition => sofar.Where(round => round.Partition == partition.Id).Sum(round => round.Accepted));
        return $"gen {whole.Generation,2}/{run.Request.Generations}  labels {front.Labels,3}/{run.Request.MaxLabels}  "
            + $"HV {whole.Hypervolume:0.0000}  front {whole.Archive,2}  tried {string.Join(' ', tried)}{Unusable(whole.Answers)}";
    }

    private static string Unusable(AnswerTally answers) => answers.IsAlarming()
        ? $"  {answers.CountUnusable()} of {answers.Answers} answers not usable"
        : "";
}
