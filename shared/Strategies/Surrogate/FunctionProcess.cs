using System.Numerics.Tensors;

namespace PelNas.Shared.Strategies.Surrogate;

/// <summary>
/// Gaussian process regression (Rasmussen and Williams 2006, algorithm 2.1) with one latent value a function and independent noise a
/// cell, conditioned on labels. Length scale and noise are those of a grid with the largest marginal likelihood; mean and overall
/// variance are profiled out in closed form.
/// </summary>
internal sealed class FunctionProcess(FunctionTable table)
{
    private static readonly double[] LengthScales = [2, 4, 8, 16];
    private static readonly double[] NoiseShares = [0.003, 0.01, 0.03, 0.1];

    private readonly FunctionKernel _kernel = new(table);
    private readonly List<int> _functions = [];
    private readonly List<double> _targets = [];
    private readonly List<(double[] Distances, double[] Fixed)> _rows = [];
    private double[][] _solved = [];
    private double _lengthScale;
    private double _variance;

    /// <summary>Posterior mean of each function's value.</summary>
    public double[] Means { get; private set; } = [];

    /// <summary>Posterior standard deviation of each function's value.</summary>
    public double[] Deviations { get; private set; } = [];

    /// <summary>Standard deviation of a cell's value around its function's.</summary>
    public double CellDeviation { get; private set; }

    /// <summary>Adds a label.</summary>
    public void Add(int function, double target)
    {
        _functions.Add(function);
        _targets.Add(target);
        _rows.Add(_kernel.Row(function));
    }

    /// <summary>Conditions on all labels added so far.</summary>
    public void Fit()
    {
        Fitted best = Choose();
        _lengthScale = best.LengthScale;
        _variance = best.Variance;
        CellDeviation = Math.Sqrt(best.NoiseShare * best.Variance);
        _solved = [.. _rows.Select(row => Covariances(row, best.LengthScale))];
        best.Factor.SolveRows(_solved);

        Means = new double[table.Count];
        Array.Fill(Means, best.Mean);
        double[] explained = new double[table.Count];
        for (int label = 0; label < _solved.Length; label++)
        {
            TensorPrimitives.MultiplyAdd(_solved[label], best.Weights[label], Means, Means);
            TensorPrimitives.MultiplyAdd(_solved[label], _solved[label], explained, explained);
        }

        Deviations = new double[table.Count];
        for (int function = 0; function < Deviations.Length; function++)
        {
            Deviations[function] = Math.Sqrt(_variance * Math.Max(Prior(function, function) - explained[function], 1e-9));
        }
    }

    /// <summary>Joint posterior samples of some functions' values.</summary>
    /// <param name="functions">m functions.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="random">Source of normal deviates.</param>
    /// <returns>count rows of m values.</returns>
    public double[][] Sample(int[] functions, int count, Random random)
    {
        double[][] given = [.. functions.Select(function => _solved.Select(row => row[function]).ToArray())];
        double[][] covariance = new double[functions.Length][];
        for (int i = 0; i < functions.Length; i++)
        {
            covariance[i] = new double[i + 1];
            for (int j = 0; j <= i; j++)
            {
                covariance[i][j] = Prior(functions[i], functions[j]) - TensorPrimitives.Dot<double>(given[i], given[j]);
            }

            covariance[i][i] += 1e-6;
        }

        LowerFactor factor = LowerFactor.Of(covariance);
        double scale = Math.Sqrt(_variance);
        double[][] samples = new double[count][];
        for (int sample = 0; sample < count; sample++)
        {
            double[] values = factor.Multiply(Normal.Draw(functions.Length, random));
            samples[sample] = [.. values.Select((value, i) => Means[functions[i]] + (scale * value))];
        }

        return samples;
    }

    private double Prior(int first, int second)
    {
        (double distance, double fixedPart) = _kernel.Pair(first, second);
        return _kernel.Covariance(distance, fixedPart, _lengthScale);
    }

    private double[] Covariances((double[] Distances, double[] Fixed) row, double lengthScale)
    {
        double[] covariances = new double[table.Count];
        for (int function = 0; function < covariances.Length; function++)
        {
            covariances[function] = _kernel.Covariance(row.Distances[function], row.Fixed[function], lengthScale);
        }

        return covariances;
    }

    private Fitted Choose()
    {
        Fitted? best = null;
        foreach (double lengthScale in LengthScales)
        {
            double[][] signal =
            [
                .. _rows.Select((row, i) => _functions.Take(i + 1)
                    .Select(function => _kernel.Covariance(row.Distances[function], row.Fixed[function], lengthScale)).ToArray()),
            ];
            foreach (double noiseShare in NoiseShares)
            {
                Fitted candidate = Condition(signal, lengthScale, noiseShare);
                best = best is null || candidate.LogLikelihood > best.LogLikelihood ? candidate : best;
            }
        }

        return best!;
    }

    private Fitted Condition(double[][] signal, double lengthScale, double noiseShare)
    {
        double[][] covariance = [.. signal.Select(row => row.ToArray())];
        for (int i = 0; i < covariance.Length; i++)
        {
            covariance[i][i] += noiseShare;
        }

        LowerFactor factor = LowerFactor.Of(covariance);
        double[] ones = factor.Solve([.. Enumerable.Repeat(1.0, _targets.Count)]);
        double[] targets = factor.Solve([.. _targets]);
        double mean = TensorPrimitives.Dot<double>(ones, targets) / TensorPrimitives.SumOfSquares<double>(ones);
        double[] weights = [.. targets.Select((target, i) => target - (mean * ones[i]))];
        int n = _targets.Count;
        double variance = Math.Max(TensorPrimitives.SumOfSquares<double>(weights) / n, 1e-12);
        return new Fitted(lengthScale, noiseShare, mean, variance, factor, weights, -0.5 * ((n * Math.Log(variance)) + factor.LogDeterminant));
    }

    private sealed record Fitted(double LengthScale, double NoiseShare, double Mean, double Variance, LowerFactor Factor, double[] Weights, double LogLikelihood);
}
