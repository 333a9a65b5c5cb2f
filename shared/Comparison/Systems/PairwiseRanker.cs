using System.Runtime.CompilerServices;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.Predictor;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Comparison.Systems;

/// <summary>
/// Logistic regression of "a is better than b" on the difference of their path features, over all pairs of labelled cells but those less
/// than 0.2 points apart, which training luck decides. A pair the other way round has the same loss, so that each is taken once.
/// </summary>
internal sealed class PairwiseRanker
{
    /// <summary>Points of accuracy below which a pair teaches nothing.</summary>
    public const double LeastGap = 0.2;

    private const double Ridge = 1;
    private const int MostSteps = 20;
    private const double Converged = 1e-8;

    private static readonly ConditionalWeakTable<ISearchSpace, FunctionTable> Tables = [];

    private readonly FunctionTable _table;
    private readonly Vector<double> _weights;
    private readonly double[] _labelled;

    private PairwiseRanker(FunctionTable table, Vector<double> weights, double[] labelled)
        => (_table, _weights, _labelled) = (table, weights, labelled);

    /// <summary>Learns from labelled cells that have a live path.</summary>
    public static PairwiseRanker Fit(ISearchSpace space, IReadOnlyList<Individual> labelled)
    {
        FunctionTable table = Tables.GetValue(space, key => FunctionTable.Create(key, []));
        double[][] rows = [.. labelled.Select(label => table.Paths[table.FunctionOf[label.Index]])];
        Vector<double> weights = Fit(rows, [.. labelled.Select(label => label.Objectives[1])]);
        return new PairwiseRanker(table, weights, [.. rows.Select(row => weights.DotProduct(Vector<double>.Build.Dense(row)))]);
    }

    /// <summary>Share of the labelled cells that a cell is expected to beat; 0 without a live path.</summary>
    public double Score(int index)
    {
        if (_table.FunctionOf[index] is var function && (function < 0 || _labelled.Length == 0))
        {
            return 0;
        }

        double own = _weights.DotProduct(Vector<double>.Build.Dense(_table.Paths[function]));
        return _labelled.Average(other => SpecialFunctions.Logistic(own - other));
    }

    /// <summary>
    /// The weights of least loss, by Newton's method. Where a cell's score is s = w x, gradient and curvature of all pairs are those of the
    /// scores, one number per cell and one per pair, carried over to w by the features.
    /// </summary>
    internal static Vector<double> Fit(double[][] features, double[] errors)
    {
        int width = features.Length == 0 ? 0 : features[0].Length;
        if (width == 0)
        {
            return Vector<double>.Build.Dense(1);
        }

        Matrix<double> x = Matrix<double>.Build.DenseOfRowArrays(features);
        Vector<double> weights = Vector<double>.Build.Dense(width);
        for (int step = 0; step < MostSteps; step++)
        {
            Vector<double> scores = x * weights;
            Vector<double> slope = Vector<double>.Build.Dense(features.Length);
            Matrix<double> curvature = Matrix<double>.Build.Dense(features.Length, features.Length);
            for (int a = 0; a < features.Length; a++)
            {
                for (int b = 0; b < features.Length; b++)
                {
                    if (errors[b] - errors[a] >= LeastGap)
                    {
                        double missed = SpecialFunctions.Logistic(scores[b] - scores[a]);
                        slope[a] += missed;
                        slope[b] -= missed;
                        double curve = missed * (1 - missed);
                        curvature[a, a] += curve;
                        curvature[b, b] += curve;
                        curvature[a, b] -= curve;
                        curvature[b, a] -= curve;
                    }
                }
            }

            Vector<double> move = (x.TransposeThisAndMultiply(curvature * x) + Matrix<double>.Build.DenseDiagonal(width, Ridge)).Cholesky()
                .Solve(x.TransposeThisAndMultiply(slope) - (Ridge * weights));
            weights += move;
            if (move.L2Norm() < Converged)
            {
                break;
            }
        }

        return weights;
    }
}
