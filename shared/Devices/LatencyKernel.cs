using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Devices;

/// <summary>
/// Covariance of two cells' latencies on a device of which nothing is measured yet: they go together as they do on the devices whose tables
/// are known, as the work in them does (<see cref="CellWork"/>, linear), and where they have the same shape (Matern-3/2).
/// </summary>
internal sealed class LatencyKernel
{
    /// <summary>Variance of the mean latency, which the measurements settle at once.</summary>
    private const double OffsetVariance = 4;

    private const double Length = 3;

    private readonly double[][] _known;
    private readonly double[][] _written;
    private readonly double[][] _needed;
    private readonly double[][] _live;
    private readonly double[][] _writtenShape;
    private readonly double[][] _liveShape;

    /// <summary>Describes every cell of a space.</summary>
    /// <param name="known">Latency by cell on each known device, any unit; complete. May be empty.</param>
    public LatencyKernel(ISearchSpace space, IReadOnlyList<IReadOnlyList<double>> known)
    {
        Size = space.Size;
        _known = Standardised(Size, known.Count, cell => [.. known.Select(device => device[cell])]);
        (double[] Written, double[] Needed, double[] Live)[] counts = [.. Enumerable.Range(0, Size)
            .Select(cell => CellWork.Counts(space.Genotype(cell)))];
        (double[] Written, double[] Live)[] shapes = [.. Enumerable.Range(0, Size).Select(cell => CellWork.Shapes(space.Genotype(cell)))];
        _written = Standardised(Size, CellWork.CountLength, cell => counts[cell].Written);
        _needed = Standardised(Size, CellWork.CountLength, cell => counts[cell].Needed);
        _live = Standardised(Size, CellWork.CountLength, cell => counts[cell].Live);
        _writtenShape = Standardised(Size, CellWork.ShapeLength, cell => shapes[cell].Written);
        _liveShape = Standardised(Size, CellWork.ShapeLength, cell => shapes[cell].Live);
    }

    /// <summary>Number of cells.</summary>
    public int Size { get; }

    /// <summary>The covariance apart from what its weights decide.</summary>
    public Likeness Compare(int first, int second) => new(
        Inner(_known, first, second),
        Inner(_written, first, second),
        Inner(_needed, first, second),
        Inner(_live, first, second),
        Matern(_writtenShape, first, second),
        Matern(_liveShape, first, second));

    /// <summary>The covariance of two cells, by their likeness and the weights.</summary>
    public static double Covariance(Likeness likeness, LatencyWeights weights) => OffsetVariance
        + (weights.Known * likeness.Known)
        + (weights.Written * likeness.Written)
        + (weights.Needed * likeness.Needed)
        + (weights.Live * likeness.Live)
        + (weights.WrittenShape * likeness.WrittenShape)
        + (weights.LiveShape * likeness.LiveShape);

    private static double Inner(double[][] features, int first, int second)
        => LowerFactor.Dot(features[first], features[second], features[first].Length);

    private static double Matern(double[][] features, int first, int second)
    {
        double squares = 0;
        for (int i = 0; i < CellWork.ShapeLength; i++)
        {
            double difference = features[first][i] - features[second][i];
            squares += difference * difference;
        }

        // The features have a variance of 1 together, not each.
        double distance = Math.Sqrt(3 * squares * CellWork.ShapeLength) / Length;
        return (1 + distance) * Math.Exp(-distance);
    }

    /// <summary>By cell, features of mean 0 over all cells and of equal variances that add up to 1.</summary>
    private static double[][] Standardised(int cells, int length, Func<int, double[]> read)
    {
        double[][] features = [.. Enumerable.Range(0, cells).Select(read)];
        for (int place = 0; place < length; place++)
        {
            double mean = features.Average(row => row[place]);
            double deviation = Math.Sqrt(features.Average(row => (row[place] - mean) * (row[place] - mean)));
            double scale = deviation > 0 ? 1 / (deviation * Math.Sqrt(length)) : 0;
            foreach (double[] row in features)
            {
                row[place] = (row[place] - mean) * scale;
            }
        }

        return features;
    }

    /// <summary>How alike two cells are in each term of the kernel.</summary>
    internal readonly record struct Likeness(
        double Known, double Written, double Needed, double Live, double WrittenShape, double LiveShape);
}

/// <summary>
/// Variances of the kernel's terms and of a cell's own part, measurement noise included, as shares of one overall variance.
/// </summary>
internal sealed record LatencyWeights(
    double Known, double Written, double Needed, double Live, double WrittenShape, double LiveShape, double Own)
{
    // Median and deviation of the logarithm of standard deviations, the same for every device: mostly it is like others, an operation's own
    // cost comes second, and what no term explains is a seventh of what the latencies differ by.
    private static readonly (double Median, double LogDeviation)[] Priors =
    [
        (1, 0.7), (0.4, 1), (0.4, 1), (0.4, 1), (0.2, 0.7), (0.2, 0.7), (0.15, 0.7),
    ];

    /// <summary>The number of weights.</summary>
    public static int Count => Priors.Length;

    /// <summary>The weights at standard normal deviates of the logarithms of their square roots.</summary>
    public static LatencyWeights At(double[] deviates)
    {
        double[] values = [.. Priors.Select((prior, i) => Math.Pow(prior.Median * Math.Exp(prior.LogDeviation * deviates[i]), 2))];
        return new LatencyWeights(values[0], values[1], values[2], values[3], values[4], values[5], values[6]);
    }
}
