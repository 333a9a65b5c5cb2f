using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Predictor;

/// <summary>
/// The accuracy predictor of a search: a Gaussian process over the functions that cells compute, on path features and training-free
/// scores, trained on nothing but the labels that the search has paid for. It predicts on the <see cref="AccuracyScale"/>, in which the
/// top, where fronts are decided, is not squeezed together.
/// </summary>
public sealed class AccuracyPredictor
{
    /// <summary>Fewest labels of cells with a live path to train on. Below it there is no prediction rather than a guess.</summary>
    public const int MinLabels = 8;

    /// <summary>What results call it for short.</summary>
    public const string ShortName = "gaussian-process";

    /// <summary>What results say where there was none.</summary>
    public const string None = "none (too few labels)";

    private readonly double _chance;

    private AccuracyPredictor(FunctionTable table, FunctionProcess process, double chance, CrossValidation crossValidation)
    {
        Table = table;
        Process = process;
        CrossValidation = crossValidation;
        _chance = chance;
    }

    /// <summary>How well it predicts each of its labels from the others.</summary>
    public CrossValidation CrossValidation { get; }

    /// <summary>The scale of its predictions.</summary>
    public AccuracyScale Scale => Process.Scale;

    /// <summary>The functions it predicts.</summary>
    internal FunctionTable Table { get; }

    /// <summary>The process, conditioned on the labels.</summary>
    internal FunctionProcess Process { get; }

    /// <summary>The predictor's name in results.</summary>
    /// <param name="inputs">One of <see cref="PredictorInputs"/>.</param>
    /// <param name="scores">What the scores are called.</param>
    public static string NameOf(string inputs, string scores) => $"{ShortName} on {inputs switch
    {
        PredictorInputs.Paths => "paths",
        PredictorInputs.Proxies => scores,
        _ => $"paths and {scores}",
    }}";

    /// <summary>Trains, or returns null when there are fewer than <see cref="MinLabels"/>.</summary>
    /// <param name="table">The functions, with training-free scores.</param>
    /// <param name="classes">Number of classes of the data set.</param>
    /// <param name="inputs">One of <see cref="PredictorInputs"/>.</param>
    /// <param name="labels">Index and accuracy in percent.</param>
    public static AccuracyPredictor? Train(
        FunctionTable table, int classes, string inputs, IEnumerable<(int Index, double Accuracy)> labels)
    {
        // In one order, so that the same labels give the same predictor. Cells without a live path say nothing about the others.
        (int Function, double Accuracy)[] live =
        [
            .. labels.Where(label => table.FunctionOf[label.Index] >= 0)
                .OrderBy(label => label.Index)
                .Select(label => (table.FunctionOf[label.Index], label.Accuracy)),
        ];
        if (live.Length < MinLabels)
        {
            return null;
        }

        PosteriorMode choice = new(
            usePaths: inputs != PredictorInputs.Proxies, useScores: inputs != PredictorInputs.Paths && table.Scores[0].Length > 0,
            useBeliefs: table.Beliefs is not null);
        FunctionProcess process = FunctionProcess.Fit(table, live, choice);
        double chance = process.Scale.ToTarget(100.0 / classes);
        return new AccuracyPredictor(
            table, process, chance, CrossValidation.Of(process.Scale, [.. live.Select(label => label.Accuracy)], process.LeaveOneOut()));
    }

    /// <summary>The predictor with other beliefs about the same functions, or with more functions after them.</summary>
    internal AccuracyPredictor On(FunctionTable table) => new(table, Process.On(table), _chance, CrossValidation);

    /// <summary>Whether the architecture's function is among those that the predictor knows or has scores of.</summary>
    public bool CanPredict(int index) => index < Table.FunctionOf.Length && Table.FunctionOf[index] != FunctionTable.Unknown;

    /// <summary>
    /// Predicts architectures of an open space that the predictor does not know, as <see cref="Predict(int)"/> does those that it knows.
    /// </summary>
    /// <param name="space">The architectures.</param>
    /// <param name="scores">Their training-free scores, where the predictor has them.</param>
    public (double Mean, double Deviation)[] Predict(ISearchSpace space, IReadOnlyList<double[]> scores)
        => [.. Process.Predict(Table.Like(space, scores))];

    /// <summary>
    /// Predicts an architecture's accuracy on the target scale, with its standard deviation, that of a cell around its
    /// function included. A cell without a live path computes a constant: its accuracy is that of chance.
    /// </summary>
    /// <exception cref="ArgumentException">Nothing is known of the architecture: see <see cref="CanPredict"/>.</exception>
    public (double Mean, double Deviation) Predict(int index)
    {
        int function = CanPredict(index)
            ? Table.FunctionOf[index]
            : throw new ArgumentException($"Architecture {index} has no scores to predict from.", nameof(index));
        return function < 0
            ? (_chance, Scale.FromPoints(Scale.ToAccuracy(_chance), 0.1))
            : (Process.Means[function], Process.CellDeviationOf(function));
    }
}
