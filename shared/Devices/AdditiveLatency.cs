using System.Numerics.Tensors;

namespace PelNas.Shared.Devices;

/// <summary>
/// Latencies of a space of decisions from a few that were told: proportional to complexity, and of what that misses a Gaussian process
/// whose covariance is the share of decisions on which two architectures agree, so that each choice adds what it adds.
/// </summary>
internal sealed class AdditiveLatency
{
    /// <summary>Fewest latencies to learn more from than what complexity is worth.</summary>
    public const int Few = 8;

    private static readonly double[] Noises = [0.01, 0.03, 0.1, 0.3, 1];

    private readonly byte[][] _told;
    private readonly Func<byte[], double> _complexity;
    private readonly double _fixed;
    private readonly double _factor;
    private readonly double[] _weights;

    private AdditiveLatency(
        byte[][] told, Func<byte[], double> complexity, (double Fixed, double Factor) line, double[] weights, double deviationMs)
    {
        _told = told;
        _complexity = complexity;
        (_fixed, _factor) = line;
        _weights = weights;
        DeviationMs = deviationMs;
    }

    /// <summary>
    /// Standard deviation of what it predicts, ms: of latencies that were told, each predicted from the others; 0 where one was.
    /// </summary>
    public double DeviationMs { get; }

    /// <summary>Fits the model.</summary>
    /// <param name="told">n architectures, one or more.</param>
    /// <param name="latenciesMs">Their latencies, ms.</param>
    /// <param name="complexity">Complexity of an architecture.</param>
    public static AdditiveLatency Fit(byte[][] told, double[] latenciesMs, Func<byte[], double> complexity)
    {
        double sum = told.Sum(complexity);
        (double Fixed, double Factor) line = sum > 0 ? (0, latenciesMs.Sum() / sum) : (latenciesMs.Average(), 0);
        double[] missed = [.. told.Zip(latenciesMs, (genotype, latency) => latency - line.Fixed - (line.Factor * complexity(genotype)))];
        double spread = Math.Sqrt(missed.Average(value => value * value));
        if (told.Length < Few || spread < 1e-12)
        {
            return new AdditiveLatency(told, complexity, line, new double[told.Length], spread);
        }

        (double[] weights, double error) = Noises.Select(noise => Residuals(told, missed, noise)).MinBy(fit => fit.Error);
        return error < spread
            ? new AdditiveLatency(told, complexity, line, weights, error)
            : new AdditiveLatency(told, complexity, line, new double[told.Length], spread);
    }

    /// <summary>The latency of an architecture, ms.</summary>
    public double Of(byte[] genotype)
    {
        double latency = _fixed + (_factor * _complexity(genotype));
        for (int place = 0; place < _told.Length; place++)
        {
            latency += _weights[place] * Agreement(_told[place], genotype);
        }

        // What complexity says is off by half at most; a latency is over 0.
        return Math.Max(latency, (_fixed + (_factor * _complexity(genotype))) / 2);
    }

    /// <summary>
    /// Weights of what was missed, and the root mean square of leave-one-out errors (Rasmussen and Williams 2006, eq. 5.12).
    /// </summary>
    private static (double[] Weights, double Error) Residuals(byte[][] told, double[] missed, double noise)
    {
        double[][] covariances =
            [.. told.Select((first, row) =>
                told.Take(row + 1).Select((second, column) => Agreement(first, second) + (row == column ? noise : 0)).ToArray())];
        LowerFactor factor = LowerFactor.Of(covariances)
            ?? throw new InvalidOperationException("The covariance of the told latencies is not positive definite.");
        InverseFactor inverse = factor.Invert();
        double[] weights = inverse.Back(factor.Solve(missed));
        return (weights, Math.Sqrt(weights.Zip(inverse.Diagonal(), (weight, own) => weight / own).Average(error => error * error)));
    }

    private static double Agreement(byte[] first, byte[] second)
        => (double)(first.Length - TensorPrimitives.HammingDistance<byte>(first, second)) / first.Length;
}
