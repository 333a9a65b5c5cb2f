using MathNet.Numerics.LinearAlgebra;

namespace PelNas.Shared.Scoring.Accuracy;

/// <summary>Pairwise squared distances and dot products of feature rows, from which every kernel of the grid is made.</summary>
internal sealed class Similarity
{
    private readonly int _rows;
    private readonly int _features;
    private readonly double[] _squaredDistances;
    private readonly double[] _dots;

    private Similarity(int rows, int features)
    {
        _rows = rows;
        _features = features;
        _squaredDistances = new double[rows * rows];
        _dots = new double[rows * rows];
    }

    public static Similarity Of(double[][] inputs)
    {
        int n = inputs.Length;
        Similarity similarity = new(n, inputs[0].Length);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                (double squaredDistance, double dot) = Between(inputs[i], inputs[j]);
                similarity._squaredDistances[(i * n) + j] = similarity._squaredDistances[(j * n) + i] = squaredDistance;
                similarity._dots[(i * n) + j] = similarity._dots[(j * n) + i] = dot;
            }
        }

        return similarity;
    }

    public static (double SquaredDistance, double Dot) Between(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double squared = 0;
        double dot = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double difference = a[i] - b[i];
            squared += difference * difference;
            dot += a[i] * b[i];
        }

        return (squared, dot);
    }

    /// <summary>Matern-3/2 of the distance, plus a share of the mean product of features.</summary>
    public static double Kernel(double squaredDistance, double dot, int features, double lengthScale, double linearShare)
    {
        double scaled = Math.Sqrt(3 * squaredDistance) / lengthScale;
        return ((1 + scaled) * Math.Exp(-scaled)) + (linearShare * dot / features);
    }

    public Matrix<double> Kernel(double lengthScale, double linearShare) => Matrix<double>.Build.Dense(
        _rows, _rows, (i, j) => Kernel(_squaredDistances[(i * _rows) + j], _dots[(i * _rows) + j], _features, lengthScale, linearShare));
}
