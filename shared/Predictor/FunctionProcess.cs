namespace PelNas.Shared.Predictor;

/// <summary>
/// Gaussian process regression (Rasmussen and Williams 2006, algorithm 2.1) with one latent value per function and independent noise per
/// cell, conditioned on labels. Mean and overall variance are profiled out in closed form.
/// </summary>
internal sealed class FunctionProcess
{
    /// <summary>
    /// Labels that hyperparameters are chosen by; beyond, an even selection of the labels serves, since the cost grows with the cube.
    /// </summary>
    private const int MaxLabelsOfChoice = 200;

    private const int BlockOfPrediction = 256;

    private const double Jitter = 1e-8;

    private readonly FunctionTable _table;
    private readonly KernelParameters _parameters;
    private readonly (int Function, double Accuracy)[] _labels;
    private readonly Conditioned _conditioned;
    private readonly WhitenedBlock _block;

    private FunctionProcess(
        FunctionTable table, KernelParameters parameters, (int Function, double Accuracy)[] labels, LowerFactor factor, WhitenedBlock block)
    {
        _table = table;
        _parameters = parameters;
        _labels = labels;
        _block = block;
        Scale = AccuracyScale.Of(parameters, labels.Max(label => label.Accuracy));
        _conditioned = Condition(factor, Targets(labels, Scale));
        CellDeviation = Math.Sqrt(parameters.NoiseVariance * _conditioned.Variance);

        (Means, double[] explained) = block.Explain(_conditioned.Mean, _conditioned.Weights);
        Deviations =
            [
                .. explained.Select(
                    (share, function) => Math.Sqrt(_conditioned.Variance * Math.Max(Prior(function, function) - share, 1e-9))),
            ];
    }

    /// <summary>The scale of its values.</summary>
    public AccuracyScale Scale { get; }

    /// <summary>Posterior mean of each function's value.</summary>
    public double[] Means { get; }

    /// <summary>Posterior standard deviation of each function's value.</summary>
    public double[] Deviations { get; }

    /// <summary>Standard deviation of a cell's value around its function's.</summary>
    public double CellDeviation { get; }

    /// <summary>
    /// Standard deviation of the value of a cell that computes a function: that of the function's own value and the cell's.
    /// </summary>
    public double CellDeviationOf(int function)
        => Math.Sqrt((Deviations[function] * Deviations[function]) + (CellDeviation * CellDeviation));

    /// <summary>Chooses hyperparameters and conditions on labels.</summary>
    /// <param name="table">The functions.</param>
    /// <param name="labels">Rows of the table and the accuracies of cells that compute them, percent; two or more.</param>
    /// <param name="choice">How hyperparameters are chosen.</param>
    public static FunctionProcess Fit(FunctionTable table, IReadOnlyList<(int Function, double Accuracy)> labels, IKernelChoice choice)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(labels.Count, 2, nameof(labels));
        double best = labels.Max(label => label.Accuracy);
        (int Function, double Accuracy)[] selection = EvenSelection.Of(labels, MaxLabelsOfChoice);
        FunctionKernel.Likeness[][] pairs = Compare(table, [.. selection.Select(label => label.Function)]);
        return Of(table, choice.Choose(LogLikelihood), labels);

        // Of accuracies, not of targets, since the scale is chosen too: the targets' sum is the logarithm of its slope at all labels.
        double LogLikelihood(KernelParameters candidate)
        {
            double[] targets = Targets(selection, AccuracyScale.Of(candidate, best));
            return LowerFactor.Of(Covariances(pairs, candidate)) is { } factor
                ? Condition(factor, targets).LogLikelihood + targets.Sum()
                : double.NegativeInfinity;
        }
    }

    /// <summary>The process conditioned on more labels, by the same hyperparameters: a matter of the new ones alone.</summary>
    /// <param name="more">As for <see cref="Fit"/>, one or more.</param>
    public FunctionProcess With(IReadOnlyList<(int Function, double Accuracy)> more)
        => Include(_table, _parameters, _labels, _conditioned.Factor, _block, more);

    /// <summary>The process of another table that has the labelled functions in the same rows, by the same hyperparameters.</summary>
    public FunctionProcess On(FunctionTable table) => Of(table, _parameters, _labels);

    /// <summary>
    /// Posterior mean and standard deviation of the values of cells, one of each function of another table on the same scale.
    /// </summary>
    public IEnumerable<(double Mean, double Deviation)> Predict(FunctionTable others)
    {
        for (int start = 0; start < others.Count; start += BlockOfPrediction)
        {
            WhitenedBlock block = new WhitenedBlock(start, Math.Min(BlockOfPrediction, others.Count - start), [])
                .With(_table, _labels, others, _parameters, _conditioned.Factor);
            (double[] means, double[] explained) = block.Explain(_conditioned.Mean, _conditioned.Weights);
            for (int place = 0; place < block.Count; place++)
            {
                double prior = FunctionKernel.Covariance(FunctionKernel.Compare(others, start + place, start + place), _parameters);
                double variance = _conditioned.Variance * Math.Max(prior - explained[place], 1e-9);
                yield return (means[place], Math.Sqrt(variance + (CellDeviation * CellDeviation)));
            }
        }
    }

    /// <summary>Joint posterior samples of some functions' values.</summary>
    /// <param name="functions">m functions.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="random">Source of normal deviates.</param>
    /// <returns>count rows of m values.</returns>
    public double[][] Sample(int[] functions, int count, Random random)
    {
        double[][] given = [.. functions.Select(_block.Column)];
        double[][] covariance = new double[functions.Length][];
        Parallel.For(0, functions.Length, i =>
        {
            covariance[i] = new double[i + 1];
            for (int j = 0; j <= i; j++)
            {
                covariance[i][j] = Prior(functions[i], functions[j]) - LowerFactor.Dot(given[i], given[j], given[i].Length);
            }
        });
        double[] means = Array.ConvertAll(functions, function => Means[function]);
        return Normal.Draw(means, covariance, Math.Sqrt(_conditioned.Variance), count, random);
    }

    private static double[] Targets(IReadOnlyList<(int Function, double Accuracy)> labels, AccuracyScale scale)
        => [.. labels.Select(label => scale.ToTarget(label.Accuracy))];

    private static FunctionKernel.Likeness[][] Compare(FunctionTable table, int[] functions) =>
        [.. functions.Select((first, i) => functions.Take(i + 1).Select(second => FunctionKernel.Compare(table, first, second)).ToArray())];

    /// <summary>Lower triangle of the labels' covariance, noise included.</summary>
    private static double[][] Covariances(FunctionKernel.Likeness[][] pairs, KernelParameters parameters)
    {
        double[][] covariances = Array.ConvertAll(pairs, row => Array.ConvertAll(row, pair => FunctionKernel.Covariance(pair, parameters)));
        for (int label = 0; label < covariances.Length; label++)
        {
            covariances[label][label] += parameters.NoiseVariance + Jitter;
        }

        return covariances;
    }

    private static FunctionProcess Of(
        FunctionTable table, KernelParameters parameters, IReadOnlyList<(int Function, double Accuracy)> labels)
        => Include(table, parameters, [], LowerFactor.Empty, new WhitenedBlock(0, table.Count, []), labels);

    private static FunctionProcess Include(
        FunctionTable table,
        KernelParameters parameters,
        (int Function, double Accuracy)[] labels,
        LowerFactor factor,
        WhitenedBlock block,
        IReadOnlyList<(int Function, double Accuracy)> more)
    {
        (int Function, double Accuracy)[] all = [.. labels, .. more];
        double[][] covariances = [.. more.Select(label => Array.ConvertAll(
            all, other => FunctionKernel.Covariance(FunctionKernel.Compare(table, label.Function, other.Function), parameters)))];
        for (int row = 0; row < covariances.Length; row++)
        {
            covariances[row][labels.Length + row] += parameters.NoiseVariance + Jitter;
        }

        LowerFactor extended = factor.Extend(covariances)
            ?? throw new InvalidOperationException("The covariance of the labels is not positive definite.");
        return new FunctionProcess(table, parameters, all, extended, block.With(table, more, table, parameters, extended));
    }

    private static Conditioned Condition(LowerFactor factor, double[] targets)
    {
        int n = targets.Length;
        double[] ones = factor.Solve([.. Enumerable.Repeat(1.0, n)]);
        double[] whitened = factor.Solve(targets);
        double mean = LowerFactor.Dot(ones, whitened, n) / LowerFactor.Dot(ones, ones, n);
        double[] weights = [.. whitened.Select((target, i) => target - (mean * ones[i]))];
        double variance = Math.Max(LowerFactor.Dot(weights, weights, n) / n, 1e-12);
        return new Conditioned(factor, ones, mean, variance, weights, -0.5 * ((n * Math.Log(variance)) + factor.LogDeterminant));
    }

    /// <summary>
    /// Leave-one-out means in closed form: Rasmussen and Williams 2006, eq. 5.12, with the inverse of the covariance replaced by what is
    /// left of it once the mean is profiled out (Dubrule 1983, cross validation of kriging in a unique neighborhood), so that the mean too
    /// is that of the other labels.
    /// </summary>
    public double[] LeaveOneOut()
    {
        (LowerFactor factor, double[] wholeOnes, _, _, double[] weights, _) = _conditioned;
        double[] targets = Targets(_labels, Scale);
        int n = targets.Length;
        InverseFactor inverse = factor.Invert();
        double[] diagonal = inverse.Diagonal();
        double[] solved = inverse.Back(weights);
        double[] solvedOnes = inverse.Back(wholeOnes);
        double ones = LowerFactor.Dot(wholeOnes, wholeOnes, n);
        return [.. targets.Select((target, i) => target - (solved[i] / (diagonal[i] - (solvedOnes[i] * solvedOnes[i] / ones))))];
    }

    private double Prior(int first, int second) => FunctionKernel.Covariance(FunctionKernel.Compare(_table, first, second), _parameters);

    private sealed record Conditioned(
        LowerFactor Factor, double[] Ones, double Mean, double Variance, double[] Weights, double LogLikelihood);
}
