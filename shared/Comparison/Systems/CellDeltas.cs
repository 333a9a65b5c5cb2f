using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace PelNas.Shared.Comparison.Systems;

/// <summary>
/// Ridge regression of the difference of two cells' errors on the difference of their one-hot encodings, alone and times how many of the
/// edges that share a node with the changed one have each operation. Seen from the other cell every feature and the difference change
/// their sign, so that one direction of a pair teaches both.
/// </summary>
internal sealed class CellDeltas
{
    private const int Operations = 5;
    private const int Context = 1 + Operations;
    private const int MostEdits = 2;
    private const double Ridge = 4;

    // What touches an edge is trusted less than the edge itself, of which there are more examples.
    private const double ContextScale = 0.1;

    /// <summary>The edges that share a node with each edge, by the order of the genotype.</summary>
    private static readonly int[][] Touching = [[1, 2, 3, 4], [0, 2, 3, 5], [0, 1, 4, 5], [0, 1, 4, 5], [0, 2, 3, 5], [1, 2, 3, 4]];

    private readonly Vector<double> _weights;

    private CellDeltas(Vector<double> weights) => _weights = weights;

    /// <summary>Learns from all pairs of labelled cells that differ in one or two edges.</summary>
    public static CellDeltas Fit(IReadOnlyList<(byte[] Cell, double Error)> labelled)
    {
        int width = Touching.Length * Operations * Context;
        Matrix<double> squares = Matrix<double>.Build.DenseDiagonal(width, Ridge);
        Vector<double> products = Vector<double>.Build.Dense(width);
        for (int b = 1; b < labelled.Count; b++)
        {
            for (int a = 0; a < b; a++)
            {
                if (TensorPrimitives.HammingDistance<byte>(labelled[a].Cell, labelled[b].Cell) is > 0 and <= MostEdits)
                {
                    (int Place, double Value)[] features = [.. Features(labelled[a].Cell, labelled[b].Cell)];
                    foreach ((int place, double value) in features)
                    {
                        products[place] += value * (labelled[b].Error - labelled[a].Error);
                        foreach ((int other, double factor) in features)
                        {
                            squares[place, other] += value * factor;
                        }
                    }
                }
            }
        }

        return new CellDeltas(squares.Cholesky().Solve(products));
    }

    /// <summary>Predicted error of a cell less that of another.</summary>
    public double Difference(byte[] from, byte[] to) => Features(from, to).Sum(feature => feature.Value * _weights[feature.Place]);

    /// <summary>Predicted error: what the labelled cells within two edits say, or, where there are none, the nearest ones.</summary>
    public double Predict(byte[] cell, IReadOnlyList<(byte[] Cell, double Error)> labelled)
    {
        int reach = Math.Max(MostEdits, labelled.Min(label => TensorPrimitives.HammingDistance<byte>(label.Cell, cell)));
        double sum = 0;
        double weights = 0;
        foreach ((byte[] neighbour, double error) in labelled)
        {
            int distance = TensorPrimitives.HammingDistance<byte>(neighbour, cell);
            if (distance <= reach)
            {
                double weight = 1.0 / (1 + distance);
                sum += weight * (error + Difference(neighbour, cell));
                weights += weight;
            }
        }

        return sum / weights;
    }

    /// <summary>The features that are not zero.</summary>
    private static IEnumerable<(int Place, double Value)> Features(byte[] from, byte[] to)
    {
        for (int edge = 0; edge < from.Length; edge++)
        {
            if (from[edge] != to[edge])
            {
                for (int sign = -1; sign <= 1; sign += 2)
                {
                    int place = ((edge * Operations) + (sign < 0 ? from[edge] : to[edge])) * Context;
                    yield return (place, sign);
                    foreach (int other in Touching[edge])
                    {
                        // Half for each of the two cells: what touches the edge may have changed too.
                        yield return (place + 1 + from[other], sign * ContextScale / 2);
                        yield return (place + 1 + to[other], sign * ContextScale / 2);
                    }
                }
            }
        }
    }
}
