using PelNas.Shared.Common;
using PelNas.Shared.Tables;

namespace PelNas.Bench.Surrogates;

/// <summary>
/// Ridge regression on the features of <see cref="AccelSurrogates"/>. Of the weights of a block's combination, what its decisions add one
/// by one is punished apart from what is left, so that rare combinations fall back on it.
/// </summary>
/// <param name="Pairs">Whether products of decisions are features too.</param>
/// <param name="Penalty">Of the squared weights.</param>
internal sealed record RidgeFit(bool Pairs, double Penalty)
{
    // Of products, which are many, against one by one and combinations.
    private const double PairScale = 0.1;
    private const double OffsetScale = 10;

    private static readonly int[] Levels = [3, 2, 3, 2];

    /// <summary>Weights by number of feature, for each of some targets.</summary>
    public double[][] Fit(byte[][] networks, params double[][] targets)
    {
        double[] means = Array.ConvertAll(targets, values => values.Average());
        double[] deviations =
            [.. targets.Zip(means, (values, mean) => Math.Sqrt(values.Average(value => (value - mean) * (value - mean))))];
        int size = AccelSurrogates.Count + Singles;
        double[][] matrix = [.. Enumerable.Range(0, size).Select(row => new double[row + 1])];
        double[][] right = Array.ConvertAll(targets, _ => new double[size]);
        for (int network = 0; network < networks.Length; network++)
        {
            List<(int Feature, double Value)> row = Row(networks[network]);
            for (int first = 0; first < row.Count; first++)
            {
                (int feature, double value) = row[first];
                for (int second = 0; second <= first; second++)
                {
                    matrix[feature][row[second].Feature] += value * row[second].Value;
                }

                for (int target = 0; target < targets.Length; target++)
                {
                    right[target][feature] += value * (targets[target][network] - means[target]) / deviations[target];
                }
            }
        }

        for (int feature = 0; feature < size; feature++)
        {
            matrix[feature][feature] += Penalty;
        }

        LowerFactor factor = LowerFactor.Of(matrix)
            ?? throw new InvalidOperationException("The normal equations are not positive definite.");
        InverseFactor inverse = factor.Invert();
        return [.. right.Select((side, target) => Fold(inverse.Back(factor.Solve(side)), means[target], deviations[target]))];
    }

    /// <summary>Number of features of single decisions, which come after those of the surrogates.</summary>
    private static int Singles => (7 * Levels.Sum()) + 1;

    private List<(int Feature, double Value)> Row(byte[] network)
    {
        List<(int Feature, double Value)> row = [];
        double[] features = new double[AccelSurrogates.Count];
        AccelSurrogates.WriteFeatures(network, features);
        for (int feature = 0; feature < (Pairs ? features.Length : AccelSurrogates.FirstPair); feature++)
        {
            if (features[feature] != 0)
            {
                row.Add((feature, features[feature] * (feature == 0 ? OffsetScale : feature < AccelSurrogates.FirstPair ? 1 : PairScale)));
            }
        }

        int start = AccelSurrogates.Count;
        for (int decision = 0; decision < network.Length; decision++)
        {
            row.Add((start + network[decision], 1));
            start += Levels[decision % 4] + (decision == 22 ? 1 : 0);
        }

        return row;
    }

    /// <summary>The weights on the scale of the targets, single decisions' in those of their combinations.</summary>
    private double[] Fold(double[] weights, double mean, double deviation)
    {
        double[] folded = new double[AccelSurrogates.Count];
        for (int feature = 0; feature < folded.Length; feature++)
        {
            double scale = feature == 0 ? OffsetScale : feature < AccelSurrogates.FirstPair ? 1 : Pairs ? PairScale : 0;
            folded[feature] = weights[feature] * scale * deviation;
        }

        folded[0] += mean;
        int single = AccelSurrogates.Count;
        int combination = 1;
        for (int block = 0; block < 7; block++)
        {
            int layers = block == 5 ? 4 : 3;
            for (int e = 0; e < 3; e++)
            {
                for (int k = 0; k < 2; k++)
                {
                    for (int l = 0; l < layers; l++)
                    {
                        for (int se = 0; se < 2; se++)
                        {
                            folded[combination++] +=
                                deviation * (weights[single + e] + weights[single + 3 + k] + weights[single + 5 + l]
                                    + weights[single + 5 + layers + se]);
                        }
                    }
                }
            }

            single += 7 + layers;
        }

        return folded;
    }
}
