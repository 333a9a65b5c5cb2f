using System.Runtime.CompilerServices;

namespace PelNas.Shared.Predictor;

/// <summary>
/// Prior covariance of two functions' latent values: Matern-3/2 (Rasmussen and Williams 2006, eq. 4.17) and a linear term on path features,
/// the same on training-free scores, a second Matern-3/2 on path features with the order of operations along the paths, and an independent
/// part per function. The second is what few labels cannot determine and many can, so it has a variance of its own. Compiled with
/// optimisation at once: a whole search is over in seconds, and a quarter of its time is spent here.
/// </summary>
internal static class FunctionKernel
{
    /// <summary>What the covariance of two functions depends on, whatever the hyperparameters.</summary>
    public static Likeness Compare(FunctionTable table, int first, int second) => Compare(table, first, table, second);

    /// <summary>The same of functions of two tables on one scale.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Likeness Compare(FunctionTable table, int first, FunctionTable other, int second)
    {
        (double pathDistance, double pathProduct) = Compare(table.Paths[first], other.Paths[second]);
        (double orderDistance, _) = Compare(table.Orders[first], other.Orders[second]);
        (double scoreDistance, double scoreProduct) = Compare(table.Scores[first], other.Scores[second]);
        (double beliefDistance, double beliefProduct) = table.Beliefs is { } beliefs && other.Beliefs is { } others
            ? (Math.Abs(beliefs[first] - others[second]), beliefs[first] * others[second])
            : (0, 0);
        return new Likeness(
            pathDistance, pathProduct, scoreDistance, scoreProduct,
            Math.Sqrt((pathDistance * pathDistance) + (orderDistance * orderDistance)), table == other && first == second,
            beliefDistance, beliefProduct);
    }

    /// <summary>The covariance, noise excluded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Covariance(in Likeness pair, KernelParameters parameters)
    {
        double covariance = (parameters.PathVariance * Matern(pair.PathDistance / parameters.PathLength))
            + (parameters.PathSlope * pair.PathProduct);
        if (parameters.OrderVariance > 0)
        {
            covariance += parameters.OrderVariance * Matern(pair.OrderDistance / parameters.OrderLength);
        }

        if (parameters.ScoreVariance > 0)
        {
            covariance += (parameters.ScoreVariance * Matern(pair.ScoreDistance / parameters.ScoreLength))
                + (parameters.ScoreSlope * pair.ScoreProduct);
        }

        if (parameters.BeliefSlope > 0)
        {
            covariance += (parameters.BeliefVariance * Matern(pair.BeliefDistance / parameters.BeliefLength))
                + (parameters.BeliefSlope * pair.BeliefProduct);
        }

        return pair.IsSame ? covariance + parameters.OwnVariance : covariance;
    }

    /// <summary>Euclidean distance, and inner product over the number of features.</summary>
    private static (double Distance, double Product) Compare(double[] first, double[] second)
    {
        // In this order on every processor: a sum by vector registers would depend on their width, and with it the search.
        double squares = 0;
        double product = 0;
        for (int feature = 0; feature < first.Length; feature++)
        {
            double difference = first[feature] - second[feature];
            squares += difference * difference;
            product += first[feature] * second[feature];
        }

        return (Math.Sqrt(squares), first.Length == 0 ? 0 : product / first.Length);
    }

    private static double Matern(double distance)
    {
        double scaled = Math.Sqrt(3) * distance;
        return (1 + scaled) * Math.Exp(-scaled);
    }

    /// <summary>Distances and inner products of two functions' features.</summary>
    internal readonly record struct Likeness(
        double PathDistance, double PathProduct, double ScoreDistance, double ScoreProduct, double OrderDistance,
        bool IsSame, double BeliefDistance, double BeliefProduct);
}
