using System.Numerics.Tensors;

namespace PelNas.Shared.Devices;

/// <summary>
/// The latency of every cell of a space on a device of which a few cells are measured: Gaussian process regression (Rasmussen and Williams
/// 2006, algorithm 2.1) on latencies as they are, not on their logarithms, because work adds up. Weights of the kernel are those of largest
/// posterior density. docs/decisions/0801 has what was compared.
/// </summary>
internal sealed class LatencyModel
{
    /// <summary>Least number of measured cells.</summary>
    public const int MinCells = 5;

    /// <summary>Measured cells that condition the model; of more, an even selection does, since the cost grows with the cube.</summary>
    private const int MaxCells = 1_000;

    private const int MaxCellsOfWeights = 150;
    private const double Jitter = 1e-8;

    // Of the overall variance, inverse gamma: as if four measurements had been seen that differ as much as these.
    private const double VarianceWeight = 2;

    // Student's t with four degrees of freedom as a scale mixture: a measurement far from what the others predict counts for less.
    private const double Freedom = 4;
    private const int Passes = 3;

    private readonly LatencyKernel _kernel;
    private readonly int[] _cells;
    private readonly double _scale;

    // Row i, column c: the i-th whitened covariance of cell c with the measured ones.
    private readonly double[][] _whitened;

    private LatencyModel(LatencyKernel kernel, StandardisedLatencies data, LatencyWeights weights, double[] doubt, Conditioned conditioned)
    {
        // Of what was not measured yet, some will be as far off as some of what was.
        double own = weights.Own * doubt.Average();
        _kernel = kernel;
        Weights = weights;
        _cells = data.Cells;
        _scale = data.Deviation * Math.Sqrt(conditioned.Variance);
        _whitened = [.. _cells.Select(cell => Row(kernel, weights, cell))];
        conditioned.Factor.SolveRows(_whitened);

        MeansMs = new double[kernel.Size];
        double[] explained = new double[kernel.Size];
        for (int i = 0; i < _cells.Length; i++)
        {
            TensorPrimitives.MultiplyAdd(_whitened[i], conditioned.Solved[i], MeansMs, MeansMs);
            TensorPrimitives.MultiplyAdd(_whitened[i], _whitened[i], explained, explained);
        }

        for (int cell = 0; cell < MeansMs.Length; cell++)
        {
            MeansMs[cell] = data.ToMs(MeansMs[cell]);
        }

        DeviationsMs = [.. explained.Select((share, cell) => _scale * Math.Sqrt(Math.Max(Prior(cell, cell) - share, 0) + own))];
        LeftOutMs = [.. conditioned.LeftOut(data.Targets).Select(data.ToMs)];
    }

    /// <summary>Mean of each cell's latency, ms; of few measurements it may be below 0.</summary>
    public double[] MeansMs { get; }

    /// <summary>Standard deviation of what a measurement of each cell would show, ms.</summary>
    public double[] DeviationsMs { get; }

    /// <summary>What each measured cell that conditions the model is predicted to take by the others, ms.</summary>
    public double[] LeftOutMs { get; }

    /// <summary>The cells that condition the model, in the order of <see cref="LeftOutMs"/>.</summary>
    public IReadOnlyList<int> Cells => _cells;

    /// <summary>The weights.</summary>
    public LatencyWeights Weights { get; }

    /// <summary>Fits the model.</summary>
    /// <param name="kernel">The space and the known devices.</param>
    /// <param name="measured">Cells that run, each once, <see cref="MinCells"/> or more of not all the same latency.</param>
    public static LatencyModel Fit(LatencyKernel kernel, IReadOnlyList<MeasuredCell> measured)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(measured.Count, MinCells, nameof(measured));
        MeasurementNoise noise = MeasurementNoise.Of(measured);
        StandardisedLatencies few = StandardisedLatencies.Of(EvenSelection.Of(measured, MaxCellsOfWeights), noise);
        LatencyKernel.Likeness[][] pairs = Compare(kernel, few.Cells);
        LatencyWeights weights = LatencyWeights.At(new double[LatencyWeights.Count]);
        double[] doubt = Ones(few.Cells.Length);
        for (int pass = 0; pass < Passes; pass++)
        {
            double[] best = CoordinateAscent.Maximise(
                Density, LatencyWeights.Count, [.. Enumerable.Range(0, LatencyWeights.Count)], firstStep: 0.8,
                lastStep: 0.1, maxSweeps: 60);
            weights = LatencyWeights.At(best);
            doubt = Condition(pairs, few, weights, doubt)!.Doubt(doubt, weights.Own);
        }

        StandardisedLatencies all = StandardisedLatencies.Of(EvenSelection.Of(measured, MaxCells), noise);
        pairs = Compare(kernel, all.Cells);
        doubt = Ones(all.Cells.Length);
        for (int pass = 1; pass < Passes; pass++)
        {
            doubt = Condition(pairs, all, weights, doubt)!.Doubt(doubt, weights.Own);
        }

        return new LatencyModel(kernel, all, weights, doubt, Condition(pairs, all, weights, doubt)!);

        double Density(double[] deviates)
        {
            LatencyWeights candidate = LatencyWeights.At(deviates);
            return Condition(pairs, few, candidate, doubt) is { } conditioned
                ? conditioned.LogDensity - (0.5 * deviates.Sum(deviate => deviate * deviate))
                : double.NegativeInfinity;
        }
    }

    /// <summary>Joint posterior samples of some cells' latencies without their own part, ms.</summary>
    /// <param name="cells">m cells.</param>
    /// <param name="count">Number of samples.</param>
    /// <param name="random">Source of normal deviates.</param>
    /// <returns>count rows of m values.</returns>
    public double[][] Sample(int[] cells, int count, Random random)
        => Normal.Draw(Array.ConvertAll(cells, cell => MeansMs[cell]), Posterior(cells), _scale, count, random);

    /// <summary>
    /// Lower triangle of the posterior covariance of some cells' latencies, as a share of the overall variance and without their own part.
    /// </summary>
    internal double[][] Posterior(int[] cells)
    {
        double[][] given = [.. cells.Select(cell => Array.ConvertAll(_whitened, row => row[cell]))];
        return
        [
            .. cells.Select((first, i) => cells.Take(i + 1)
                .Select((second, j) => Prior(first, second) - LowerFactor.Dot(given[i], given[j], given[i].Length)).ToArray()),
        ];
    }

    private static LatencyKernel.Likeness[][] Compare(LatencyKernel kernel, int[] cells)
        => [.. cells.Select((first, i) => cells.Take(i + 1).Select(second => kernel.Compare(first, second)).ToArray())];

    /// <summary>The process conditioned on measurements; null where weights make the covariance singular.</summary>
    /// <param name="pairs">The likeness of the measured cells, lower triangle.</param>
    /// <param name="data">Their latencies.</param>
    /// <param name="doubt">How many times the usual noise each measurement has.</param>
    private static Conditioned? Condition(
        LatencyKernel.Likeness[][] pairs, StandardisedLatencies data, LatencyWeights weights, double[] doubt)
    {
        double[][] covariance = Array.ConvertAll(pairs, row => Array.ConvertAll(row, pair => LatencyKernel.Covariance(pair, weights)));
        for (int i = 0; i < covariance.Length; i++)
        {
            covariance[i][i] += (weights.Own * doubt[i]) + data.Noise[i] + Jitter;
        }

        return LowerFactor.Of(covariance) is { } factor ? new Conditioned(factor, factor.Solve(data.Targets)) : null;
    }

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];

    private double Prior(int first, int second) => LatencyKernel.Covariance(_kernel.Compare(first, second), Weights);

    private static double[] Row(LatencyKernel kernel, LatencyWeights weights, int cell)
        => [.. Enumerable.Range(0, kernel.Size).Select(other => LatencyKernel.Covariance(kernel.Compare(cell, other), weights))];

    /// <summary>A factored covariance and the whitened targets.</summary>
    private sealed record Conditioned(LowerFactor Factor, double[] Solved)
    {
        /// <summary>The overall variance, profiled out.</summary>
        public double Variance
            => ((LowerFactor.Dot(Solved, Solved, Solved.Length) / 2) + VarianceWeight) / ((Solved.Length / 2.0) + VarianceWeight);

        /// <summary>Logarithm of the marginal likelihood with the variance profiled out, but for a constant.</summary>
        public double LogDensity => (-((Solved.Length / 2.0) + VarianceWeight) * Math.Log(Variance)) - (0.5 * Factor.LogDeterminant);

        /// <summary>What each target is predicted to be by the others: Rasmussen and Williams 2006, eq. 5.12.</summary>
        public IEnumerable<double> LeftOut(double[] targets)
        {
            (double[] diagonal, double[] weights) = Inverse();
            return targets.Select((target, i) => target - (weights[i] / diagonal[i]));
        }

        /// <summary>How many times the usual noise each measurement has, by how far the others' prediction is from it.</summary>
        public double[] Doubt(double[] doubt, double own)
        {
            (double[] diagonal, double[] weights) = Inverse();
            return
            [
                .. diagonal.Select((inverse, i) =>
                {
                    double usual = Math.Max((1 / inverse) - (own * (doubt[i] - 1)), own) * Variance;
                    return Math.Max(1, (Freedom + (weights[i] * weights[i] / (inverse * inverse) / usual)) / (Freedom + 1));
                }),
            ];
        }

        /// <summary>Diagonal of the inverse covariance, and its product with the targets.</summary>
        private (double[] Diagonal, double[] Weights) Inverse()
        {
            InverseFactor inverse = Factor.Invert();
            return (inverse.Diagonal(), inverse.Back(Solved));
        }
    }
}
