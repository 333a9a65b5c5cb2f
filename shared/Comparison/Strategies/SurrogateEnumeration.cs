using System.Collections.Concurrent;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Predictor;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Comparison.Strategies;

/// <summary>
/// Active learning with a Gaussian process that scores the whole space in every round; the latencies are free and exact. The strongest
/// line to beat: no proposer, no partitions after the start. With <c>-scores</c> in its name the kernel sees training-free scores too
/// (NASWOT, log synflow, parameters, multiply-accumulates), with <c>-functions</c> it labels a function once, at its fastest cell.
/// </summary>
/// <remarks>
/// Start: the fastest cell and three random cells with a live path from each of the paper's six partitions. Then batches of 5 labels up
/// to 60, 8 up to 120, 12 up to 300 and 25 beyond, by <see cref="AcquisitionFunction"/>.
/// </remarks>
internal sealed class SurrogateEnumeration : ISearchStrategy
{
    private const int SeedsPerPartition = 3;

    private readonly BenchmarkTables _tables;
    private readonly bool _useScores;
    private readonly bool _oneLabelAFunction;
    private readonly ConcurrentDictionary<(ISearchSpace Space, DatasetShape Shape), Lazy<FunctionTable>> _functions = new();

    /// <summary>Makes the strategy.</summary>
    /// <param name="tables">Tables with the training-free scores.</param>
    /// <param name="useScores">Whether the kernel sees them.</param>
    /// <param name="oneLabelAFunction">
    /// Whether only the fastest cell of a function is a candidate, as in the product's search; it buys second trainings otherwise.
    /// </param>
    public SurrogateEnumeration(BenchmarkTables tables, bool useScores, bool oneLabelAFunction = false)
    {
        _tables = tables;
        _useScores = useScores;
        _oneLabelAFunction = oneLabelAFunction;
    }

    public string Name => "surrogate-enumeration" + (_useScores ? "-scores" : "") + (_oneLabelAFunction ? "-functions" : "");

    public Task SearchAsync(SearchTrial trial, CancellationToken cancellationToken)
    {
        FunctionTable table = _functions.GetOrAdd((trial.Space, trial.Shape), key => new(() => FunctionTable.Create(
            key.Space, _useScores ? TrainingFreeScores.Of(_tables, key.Space, key.Shape) : []))).Value;
        IReadOnlyList<double> latencies = trial.AllLatenciesMs();
        (double Min, double Max) range = trial.LatencyRangeMs;
        GridChoice choice = new(_useScores);
        List<(int Cell, double Accuracy)> labelled = [];
        int[] candidates = _oneLabelAFunction
            ? [.. trial.Space.LeastOfFunctions(cell => latencies[cell], trial.IsFeasible).Where(cell => cell >= 0).Order()]
            : [.. Enumerable.Range(0, latencies.Count).Where(trial.IsFeasible)];
        foreach (int cell in Start(trial, latencies, candidates))
        {
            Label(cell);
        }

        while (trial.Ledger.Remaining > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // The fastest cell of all may have no live path; it is a point of the front and says nothing about the others.
            FunctionProcess process = FunctionProcess.Fit(
                table,
                [.. labelled.Where(label => table.FunctionOf[label.Cell] >= 0)
                    .Select(label => (table.FunctionOf[label.Cell], label.Accuracy))],
                choice);
            IReadOnlyList<int> batch = AcquisitionFunction.Choose(
                table,
                process,
                new LabelledStaircase(labelled.Select(label => (latencies[label.Cell], label.Accuracy)), range, AccuracyScale.Fixed),
                candidates.Where(trial.IsOpen),
                latencies,
                Math.Min(trial.Ledger.Remaining, BatchSize(trial.Ledger.Entries.Count)),
                trial.Random(Name, trial.Ledger.Entries.Count));
            if (batch.Count == 0)
            {
                break;
            }

            foreach (int cell in batch)
            {
                Label(cell);
            }
        }

        return Task.CompletedTask;

        void Label(int cell)
        {
            if (trial.Ledger.Remaining > 0 && !trial.Ledger.IsPaid(cell))
            {
                labelled.Add((cell, trial.Ledger.Pay(cell)));
            }
        }
    }

    /// <summary>Labels until the next round, so that rounds end at 60, 120 and 300 labels whatever the budget is.</summary>
    private static int BatchSize(int paid) => paid switch
    {
        < 60 => Math.Min(5, 60 - paid),
        < 120 => Math.Min(8, 120 - paid),
        < 300 => Math.Min(12, 300 - paid),
        _ => 25,
    };

    private static IEnumerable<int> Start(SearchTrial trial, IReadOnlyList<double> latencies, int[] candidates)
    {
        yield return candidates.MinBy(index => latencies[index]);
        PartitionMap map = PartitionSchemes.Create(PartitionSchemes.Conv3x3, 6, trial.Space, []);
        Random random = trial.Random("surrogate-start");
        int[][] shuffled =
        [
            .. map.Plans.Select(plan =>
            {
                int[] members = [.. candidates.Where(cell => map.PartitionOf(cell) == plan.Id && trial.Space.IsConnected(cell))];
                random.Shuffle(members);
                return members;
            }),
        ];
        for (int draw = 0; draw < SeedsPerPartition; draw++)
        {
            foreach (int[] members in shuffled.Where(members => draw < members.Length))
            {
                yield return members[draw];
            }
        }
    }
}
