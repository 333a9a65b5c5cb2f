using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace PelNas.Shared.Scoring.Accuracy;

/// <summary>
/// Gaussian process regression with a Matern-3/2 kernel, a linear kernel and observation noise (Rasmussen and Williams 2006,
/// algorithm 2.1). Hyperparameters are those of a fixed grid with the largest marginal likelihood; the overall variance is
/// profiled out in closed form.
/// </summary>
/// <remarks>Deterministic: the same data give the same model, whatever their order of floating point sums allows.</remarks>
public sealed class GaussianProcess
{
    private static readonly double[] LengthScales = [2, 4, 8, 16];
    private static readonly double[] LinearShares = [0.1, 0.5];
    private static readonly double[] NoiseShares = [0.003, 0.02, 0.1];

    private readonly double[][] _inputs;
    private readonly Hyperparameters _chosen;
    private readonly double _mean;
    private readonly double _variance;
    private readonly Cholesky<double> _factor;
    private readonly Vector<double> _weights;

    private GaussianProcess(double[][] inputs, Hyperparameters chosen, double mean, double variance, Cholesky<double> factor, Vector<double> weights)
    {
        _inputs = inputs;
        _chosen = chosen;
        _mean = mean;
        _variance = variance;
        _factor = factor;
        _weights = weights;
    }

    /// <summary>Log marginal likelihood of the data under the chosen hyperparameters, up to a constant.</summary>
    public double LogLikelihood { get; private init; }

    /// <summary>Fits the process.</summary>
    /// <param name="inputs">n rows of d standardised features each.</param>
    /// <param name="targets">n values.</param>
    /// <exception cref="ArgumentException">Fewer than two rows, or lengths that differ.</exception>
    public static GaussianProcess Fit(double[][] inputs, double[] targets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (inputs.Length < 2 || inputs.Length != targets.Length)
        {
            throw new ArgumentException($"A Gaussian process needs two or more rows, each with a target; got {inputs.Length} rows and {targets.Length} targets.", nameof(inputs));
        }

        double mean = targets.Average();
        Vector<double> residuals = Vector<double>.Build.DenseOfArray(targets) - mean;
        Similarity similarity = Similarity.Of(inputs);
        GaussianProcess? best = null;
        foreach (double lengthScale in LengthScales)
        {
            foreach (double linearShare in LinearShares)
            {
                Matrix<double> signal = similarity.Kernel(lengthScale, linearShare);
                foreach (double noiseShare in NoiseShares)
                {
                    Hyperparameters candidate = new(lengthScale, linearShare, noiseShare);
                    GaussianProcess process = Condition(inputs, residuals, mean, signal, candidate);
                    if (best is null || process.LogLikelihood > best.LogLikelihood)
                    {
                        best = process;
                    }
                }
            }
        }

        return best!;
    }

    /// <summary>Mean and standard deviation of the function at one input (observation noise excluded).</summary>
    /// <param name="input">d standardised features.</param>
    public (double Mean, double Deviation) Predict(ReadOnlySpan<double> input)
    {
        double[] covariances = new double[_inputs.Length];
        for (int row = 0; row < covariances.Length; row++)
        {
            (double squaredDistance, double dot) = Similarity.Between(input, _inputs[row]);
            covariances[row] = Similarity.Kernel(squaredDistance, dot, input.Length, _chosen.LengthScale, _chosen.LinearShare);
        }

        Vector<double> k = Vector<double>.Build.Dense(covariances);
        double prior = Similarity.Kernel(0, Similarity.Between(input, input).Dot, input.Length, _chosen.LengthScale, _chosen.LinearShare);
        double explained = k.DotProduct(_factor.Solve(k));
        return (_mean + k.DotProduct(_weights), Math.Sqrt(_variance * Math.Max(prior - explained, 1e-12)));
    }

    private static GaussianProcess Condition(
        double[][] inputs, Vector<double> residuals, double mean, Matrix<double> signal, Hyperparameters candidate)
    {
        int n = inputs.Length;
        Matrix<double> covariance = signal.Clone();
        for (int i = 0; i < n; i++)
        {
            covariance[i, i] += candidate.NoiseShare + 1e-8;
        }

        Cholesky<double> factor = covariance.Cholesky();
        Vector<double> solved = factor.Solve(residuals);
        double variance = Math.Max(residuals.DotProduct(solved) / n, 1e-12);
        return new GaussianProcess(inputs, candidate, mean, variance, factor, solved)
        {
            LogLikelihood = -0.5 * ((n * Math.Log(variance)) + factor.DeterminantLn),
        };
    }

    private readonly record struct Hyperparameters(double LengthScale, double LinearShare, double NoiseShare);
}
