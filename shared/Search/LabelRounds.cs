using PelNas.Shared.Predictor;
using PelNas.Shared.Records;

namespace PelNas.Shared.Search;

/// <summary>
/// Chooses and pays for a generation's labels in rounds, each knowing what the rounds before it gave. The hyperparameters stay those of
/// the generation's predictor, since choosing them is what takes time.
/// </summary>
internal sealed class LabelRounds
{
    private readonly RunContext _context;
    private readonly FunctionTable _table;
    private readonly List<(int Index, double Accuracy)> _labels;
    private readonly ProposerCounsel _counsel;
    private readonly Func<int, double> _latencyMs;
    private FunctionProcess _process;

    /// <summary>Begins a generation.</summary>
    /// <param name="predictor">Trained on all labels before the generation.</param>
    /// <param name="labels">These labels: index and accuracy, percent.</param>
    /// <param name="counsel">What the proposer says of the candidates.</param>
    /// <param name="latencyMs">Latency of what is labelled, ms.</param>
    public LabelRounds(
        RunContext context, AccuracyPredictor predictor, IEnumerable<(int Index, double Accuracy)> labels, ProposerCounsel counsel,
        Func<int, double> latencyMs)
    {
        _counsel = counsel;
        _latencyMs = latencyMs;
        _context = context;
        _table = predictor.Table;
        _process = predictor.Process;
        _labels = [.. labels];
    }

    /// <summary>Runs all rounds, or until some labels have yet to be got.</summary>
    /// <param name="open">Candidates without a label.</param>
    /// <param name="share">How many labels the generation has.</param>
    /// <param name="payAsync">
    /// Pays for labels and returns them in order, percent, null where paying for one brought none; costs nothing where a label is paid for
    /// already. Null where some have yet to be got.
    /// </param>
    public async Task RunAsync(
        IReadOnlyCollection<int> open, int share, int generation, Func<IReadOnlyList<int>, Task<IReadOnlyList<double?>?>> payAsync)
    {
        HashSet<int> left = [.. open];
        foreach ((int round, int count) in LabelSchedule.Rounds(share).Index())
        {
            IReadOnlyList<int> chosen = AcquisitionFunction.Choose(
                _table,
                _process,
                new LabelledStaircase(
                    _labels.Select(label => (_latencyMs(label.Index), label.Accuracy)), _context.LatencyRangeMs, _process.Scale),
                left,
                _context.Benchmark.LatencyMs,
                count,
                SeededRandom.For(_context.Request.Seed, "posterior", generation, round),
                _counsel,
                _context.Benchmark.Uncertainty?.DeviationMs);
            if (chosen.Count == 0 || await payAsync(chosen) is not { } accuracies)
            {
                return;
            }

            (int Index, double Accuracy)[] brought = [.. chosen.Zip(accuracies).Where(label => label.Second is not null)
                .Select(label => (label.First, label.Second!.Value))];
            _labels.AddRange(brought);
            _process = _process.With([.. brought.Select(label => (_table.FunctionOf[label.Index], label.Accuracy))]);
            left.ExceptWith(chosen);
        }
    }
}
