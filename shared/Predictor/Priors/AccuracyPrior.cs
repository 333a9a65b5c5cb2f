using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Predictor.Priors;

/// <summary>
/// A prior, evaluated for a search: what is believed of every function, which cells come first, and which should be left out. Nothing in it
/// has cost a label, and none of its scales is trusted: the predictor learns from labels how much the order of the beliefs is worth.
/// </summary>
public sealed class AccuracyPrior
{
    /// <summary>Most cells that a prior ranks.</summary>
    public const int MaxRanked = 24;

    // What a process is trained on to fill in what a prior leaves out; the cost grows with the cube.
    private const int MaxKnown = 300;

    private readonly PriorContent _content;
    private readonly CellTraits _traits;
    private readonly HashSet<int> _named;

    private AccuracyPrior(PriorContent content, CellTraits traits, double[]? beliefs, int[] ranked)
    {
        _content = content;
        _traits = traits;
        Beliefs = beliefs;
        Ranked = ranked;
        _named = [.. content.Ranked.Select(cell => cell.Index)];
    }

    /// <summary>Accuracy believed of each function, on any scale; null where the prior says too little.</summary>
    internal double[]? Beliefs { get; }

    /// <summary>Cells for the first labels, in that order.</summary>
    public IReadOnlyList<int> Ranked { get; }

    /// <summary>
    /// Whether the prior would not spend a label on a cell. A cell that it names to be labelled is meant, whatever the words of a veto.
    /// </summary>
    public bool IsVetoed(int index) => !_named.Contains(index) && _content.Vetoes.Any(veto => veto.Meets(_traits, index));

    /// <summary>The functions with what the prior believes of them.</summary>
    /// <param name="table">The functions without beliefs.</param>
    /// <param name="later">What the proposer has expected since of further cells, the latest first.</param>
    public FunctionTable AddTo(FunctionTable table, IReadOnlyCollection<Expectation> later)
    {
        if (Beliefs is null)
        {
            return table;
        }

        double[] beliefs = [.. Beliefs];
        Reorder(table, beliefs, later);
        return table.WithBeliefs(beliefs);
    }

    /// <summary>Evaluates a prior.</summary>
    /// <param name="content">What it says.</param>
    /// <param name="traits">Traits of the space's cells.</param>
    /// <param name="table">The functions.</param>
    /// <param name="latencies">Latency of every cell by index, ms.</param>
    /// <param name="isAllowed">Which cells the user's limits allow.</param>
    public static AccuracyPrior Evaluate(
        PriorContent content, CellTraits traits, FunctionTable table, IReadOnlyList<double> latencies, Func<int, bool> isAllowed)
    {
        double[]? beliefs = Believe(content, traits, table);

        // The cells that it names stand among the others with the accuracies that it states, and a front of these is a better order than
        // its own.
        return new AccuracyPrior(content, traits, beliefs, beliefs is null
            ? [.. content.Ranked.Select(cell => cell.Index).Where(isAllowed).Distinct()]
            : [.. ExpectedFront.Rank(table, beliefs, latencies, isAllowed, MaxRanked)]);
    }

    private static double[]? Believe(PriorContent content, CellTraits traits, FunctionTable table)
    {
        double[]? beliefs = content.Rules.Count > 0
            ? [.. table.Cells.Select(cells => content.Rules.Sum(rule => rule.Effect(traits, cells[0])))]
            : Extend(table, content.Believed) ?? Extend(table, [.. content.Believed, .. content.Ranked]);
        if (beliefs is not null)
        {
            Reorder(table, beliefs, content.Ranked);
        }

        return beliefs;
    }

    /// <summary>
    /// The functions of stated cells take each other's beliefs in the order of the stated accuracies, whose scale may be another: with the
    /// numbers themselves instead of the beliefs the predictor would learn one weight for two scales.
    /// </summary>
    private static void Reorder(FunctionTable table, double[] beliefs, IEnumerable<Expectation> stated)
    {
        (int Function, double? Accuracy)[] functions =
        [
            .. stated.Where(cell => cell.Accuracy is not null && table.FunctionOf[cell.Index] >= 0)
                .Select(cell => (Function: table.FunctionOf[cell.Index], cell.Accuracy))
                .DistinctBy(cell => cell.Function)
                .OrderBy(cell => cell.Accuracy).ThenBy(cell => cell.Function),
        ];
        double[] values = [.. functions.Select(cell => beliefs[cell.Function]).Order()];
        foreach (((int function, _), double value) in functions.Zip(values))
        {
            beliefs[function] = value;
        }
    }

    /// <summary>
    /// Stated accuracies, and for functions without one what a process predicts from those that have; null when there are too few.
    /// </summary>
    private static double[]? Extend(FunctionTable table, IReadOnlyList<Expectation> stated)
    {
        (int Function, double Accuracy)[] known =
        [
            .. stated.Where(cell => cell.Accuracy is not null && table.FunctionOf[cell.Index] >= 0)
                .GroupBy(cell => table.FunctionOf[cell.Index]).OrderBy(cells => cells.Key)
                .Select(cells => (cells.Key, cells.Average(cell => cell.Accuracy!.Value))),
        ];
        if (known.Length < AccuracyPredictor.MinLabels)
        {
            return null;
        }

        if (known.Length == table.Count)
        {
            return [.. known.Select(function => function.Accuracy)];
        }

        // Like percentages, whatever the scale was: only the order counts.
        double[] scores = NormalScores.Of([.. known.Select(function => function.Accuracy)]);
        (int Function, double Accuracy)[] labels = [.. known.Zip(scores, (function, score) => (function.Function, 50 + (10 * score)))];
        FunctionProcess process = FunctionProcess.Fit(
            table, EvenSelection.Of(labels, MaxKnown), new PosteriorMode(usePaths: true, useScores: table.Scores[0].Length > 0));
        double[] beliefs = [.. process.Means];
        foreach ((int function, double accuracy) in labels)
        {
            beliefs[function] = process.Scale.ToTarget(accuracy);
        }

        return beliefs;
    }
}
