using System.Numerics.Tensors;

namespace PelNas.Shared.Strategies.Surrogate;

/// <summary>
/// Prior covariance of two functions' latent values: Matern-3/2 on path features, a linear term on them, an independent part a
/// function, and, with scores, a Matern-3/2 on these. The shares are fixed; a length scale is chosen by marginal likelihood.
/// </summary>
internal sealed class FunctionKernel
{
    private const double LinearShare = 0.1;
    private const double OwnShare = 0.05;
    private const double ScoreShare = 0.25;
    private const double ScoreLengthScale = 2;

    private readonly FunctionTable _table;
    private readonly double _scoreShare;
    private readonly double _pathShare;

    public FunctionKernel(FunctionTable table)
    {
        _table = table;
        _scoreShare = table.Scores[0].Length > 0 ? ScoreShare : 0;
        _pathShare = 1 - LinearShare - OwnShare - _scoreShare;
    }

    /// <summary>What does not depend on the length scale, of one function to all: distances of path features, and the rest of the covariance.</summary>
    public (double[] Distances, double[] Fixed) Row(int function)
    {
        double[] distances = new double[_table.Count];
        double[] fixedPart = new double[_table.Count];
        for (int other = 0; other < distances.Length; other++)
        {
            (distances[other], fixedPart[other]) = Pair(function, other);
        }

        return (distances, fixedPart);
    }

    /// <summary>Distance of two functions' path features and the rest of their covariance.</summary>
    public (double Distance, double Fixed) Pair(int first, int second)
    {
        double[] a = _table.Paths[first];
        double[] b = _table.Paths[second];
        double fixedPart = LinearShare * TensorPrimitives.Dot<double>(a, b) / a.Length;
        if (_scoreShare > 0)
        {
            fixedPart += _scoreShare * Matern(TensorPrimitives.Distance<double>(_table.Scores[first], _table.Scores[second]) / ScoreLengthScale);
        }

        return (TensorPrimitives.Distance<double>(a, b), first == second ? fixedPart + OwnShare : fixedPart);
    }

    /// <summary>The covariance from its parts.</summary>
    public double Covariance(double distance, double fixedPart, double lengthScale) => (_pathShare * Matern(distance / lengthScale)) + fixedPart;

    private static double Matern(double distance)
    {
        double scaled = Math.Sqrt(3) * distance;
        return (1 + scaled) * Math.Exp(-scaled);
    }
}
