using System.Numerics.Tensors;

namespace PelNas.Shared.Scoring.Accuracy;

/// <summary>
/// Gaussian process regression (Rasmussen and Williams 2006, algorithm 2.1) with one latent value a function and independent noise a
/// cell, conditioned on labels. Mean and overall variance are profiled out in closed form.
/// </summary>
internal sealed class FunctionProcess
{
    /// <summary>Labels that hyperparameters are chosen by; beyond, an even selection of the labels serves, since the cost grows with the cube.</summary>
    private const int MaxLabelsOfChoice = 200;

    private readonly FunctionTable _table;
    private readonly KernelParameters _parameters;
    private readonly double _variance;

    // Row i, column f: the i-th whitened covariance of function f with the labels.
    private readonly double[][] _whitened;

    private FunctionProcess(FunctionTable table, int[] functions, double[] targets, KernelParameters parameters)
    {
        _table = table;
        _parameters = parameters;
        Conditioned conditioned = Condition(Covariances(Compare(table, functions), parameters), targets)
            ?? throw new InvalidOperationException("The covariance of the labels is not positive definite.");
        _variance = conditioned.Variance;
        CellDeviation = Math.Sqrt(parameters.NoiseVariance * conditioned.Variance);
        _whitened = [.. functions.Select(function => Row(function))];
        conditioned.Factor.SolveRows(_whitened);

        Means = new double[table.Count];
        Array.Fill(Means, conditioned.Mean);
        double[] explained = new double[table.Count];
        for (int label = 0; label < _whitened.Length; label++)
        {
            TensorPrimitives.MultiplyAdd(_whitened[label], conditioned.Weights[label], Means, Means);
            TensorPrimitives.MultiplyAdd(_whitened[label], _whitened[label], explained, explained);
        }

        LeftOut = LeaveOneOut(conditioned, targets);
        Deviations = [.. explained.Select((share, function) => Math.Sqrt(_variance * Math.Max(Prior(function, function) - share, 1e-9)))];
    }

    /// <summary>Posterior mean of each function's value.</summary>
    public double[] Means { get; }

    /// <summary>Posterior standard deviation of each function's value.</summary>
    public double[] Deviations { get; }

    /// <summary>For each label the mean that the others predict, in their order.</summary>
    public double[] LeftOut { get; }

    /// <summary>Standard deviation of a cell's value around its function's.</summary>
    public double CellDeviation { get; }

    /// <summary>Standard deviation of the value of a cell that computes a function: that of the function's own value and the cell's.</summary>
    public double CellDeviationOf(int function)
        => Math.Sqrt((Deviations[function] * Deviations[function]) + (CellDeviation * CellDeviation));

    /// <summary>Chooses hyperparameters and conditions on labels.</summary>
    /// <param name="table">The functions.</param>
    /// <param name="labels">Rows of the table and the values of cells that compute them, two or more.</param>
    /// <param name="choice">How hyperparameters are chosen.</param>
    public static FunctionProcess Fit(FunctionTable table, IReadOnlyList<(int Function, double Target)> labels, IKernelChoice choice)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(labels.Count, 2, nameof(labels));
        int selected = Math.Min(labels.Count, MaxLabelsOfChoice);
        (int Function, double Target)[] selection = [.. Enumerable.Range(0, selected).Select(i => labels[(int)((long)i * labels.Count / selected)])];
        double[] targets = [.. selection.Select(label => label.Target)];
        FunctionKernel.Likeness[][] pairs = Compare(table, [.. selection.Select(label => label.Function)]);
        KernelParameters parameters = choice.Choose(candidate => Condition(Covariances(pairs, candidate), targets)?.LogLikelihood ?? double.NegativeInfinity);
        return new FunctionProcess(
            table, [.. labels.Select(label => label.Function)], [.. labels.Select(label => label.Target)], parameters);
    }

    /// <summary>Joint posterior samples of some functions' values.</summary>
    /// <param name="functions">m functions.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="random">Source of normal deviates.</param>
    /// <returns>count rows of m values.</returns>
    public double[][] Sample(int[] functions, int count, Random random)
    {
        double[][] given = [.. functions.Select(function => Array.ConvertAll(_whitened, row => row[function]))];
        double[][] covariance = new double[functions.Length][];
        for (int i = 0; i < functions.Length; i++)
        {
            covariance[i] = new double[i + 1];
            for (int j = 0; j <= i; j++)
            {
                covariance[i][j] = Prior(functions[i], functions[j]) - LowerFactor.Dot(given[i], given[j], given[i].Length);
            }

            covariance[i][i] += 1e-6;
        }

        LowerFactor factor = LowerFactor.Of(covariance)
            ?? throw new InvalidOperationException("The posterior covariance is not positive definite.");
        double scale = Math.Sqrt(_variance);
        double[][] samples = new double[count][];
        for (int sample = 0; sample < count; sample++)
        {
            double[] values = factor.Multiply(Normal.Draw(functions.Length, random));
            samples[sample] = [.. values.Select((value, i) => Means[functions[i]] + (scale * value))];
        }

        return samples;
    }

    private static FunctionKernel.Likeness[][] Compare(FunctionTable table, int[] functions) =>
        [.. functions.Select((first, i) => functions.Take(i + 1).Select(second => FunctionKernel.Compare(table, first, second)).ToArray())];

    /// <summary>Lower triangle of the labels' covariance, noise included.</summary>
    private static double[][] Covariances(FunctionKernel.Likeness[][] pairs, KernelParameters parameters)
    {
        double[][] covariances = Array.ConvertAll(pairs, row => Array.ConvertAll(row, pair => FunctionKernel.Covariance(pair, parameters)));
        for (int label = 0; label < covariances.Length; label++)
        {
            covariances[label][label] += parameters.NoiseVariance + 1e-8;
        }

        return covariances;
    }

    private static Conditioned? Condition(double[][] covariance, double[] targets)
    {
        if (LowerFactor.Of(covariance) is not { } factor)
        {
            return null;
        }

        int n = targets.Length;
        double[] ones = factor.Solve([.. Enumerable.Repeat(1.0, n)]);
        double[] whitened = factor.Solve(targets);
        double mean = LowerFactor.Dot(ones, whitened, n) / LowerFactor.Dot(ones, ones, n);
        double[] weights = [.. whitened.Select((target, i) => target - (mean * ones[i]))];
        double variance = Math.Max(LowerFactor.Dot(weights, weights, n) / n, 1e-12);
        return new Conditioned(factor, ones, mean, variance, weights, -0.5 * ((n * Math.Log(variance)) + factor.LogDeterminant));
    }

    /// <summary>
    /// Leave-one-out means in closed form: Rasmussen and Williams 2006, eq. 5.12, with the inverse of the covariance replaced by what is left
    /// of it once the mean is profiled out (Dubrule 1983, cross validation of kriging in a unique neighborhood), so that the mean too is
    /// that of the other labels.
    /// </summary>
    private static double[] LeaveOneOut(Conditioned conditioned, double[] targets)
    {
        int n = targets.Length;
        double[][] inverse = [.. Enumerable.Range(0, n).Select(i => { double[] row = new double[n]; row[i] = 1; return row; })];
        conditioned.Factor.SolveRows(inverse);

        // Row k of the factor's inverse adds to the diagonal, to the solved labels and to the solved ones.
        double[] diagonal = new double[n];
        double[] solved = new double[n];
        double[] solvedOnes = new double[n];
        for (int k = 0; k < n; k++)
        {
            TensorPrimitives.MultiplyAdd(inverse[k], inverse[k], diagonal, diagonal);
            TensorPrimitives.MultiplyAdd(inverse[k], conditioned.Weights[k], solved, solved);
            TensorPrimitives.MultiplyAdd(inverse[k], conditioned.Ones[k], solvedOnes, solvedOnes);
        }

        double ones = LowerFactor.Dot(conditioned.Ones, conditioned.Ones, n);
        return [.. targets.Select((target, i) => target - (solved[i] / (diagonal[i] - (solvedOnes[i] * solvedOnes[i] / ones))))];
    }

    private double Prior(int first, int second) => FunctionKernel.Covariance(FunctionKernel.Compare(_table, first, second), _parameters);

    private double[] Row(int function)
    {
        double[] covariances = new double[_table.Count];
        for (int other = 0; other < covariances.Length; other++)
        {
            covariances[other] = Prior(function, other);
        }

        return covariances;
    }

    private sealed record Conditioned(LowerFactor Factor, double[] Ones, double Mean, double Variance, double[] Weights, double LogLikelihood);
}
