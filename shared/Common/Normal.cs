namespace PelNas.Shared.Common;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    /// <summary>Independent deviates (Box and Muller 1958).</summary>
    public static double[] Draw(int count, Random random)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i += 2)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * random.NextDouble());
            values[i] = radius * cosine;
            if (i + 1 < count)
            {
                values[i + 1] = radius * sine;
            }
        }

        return values;
    }

    /// <summary>Draws of a joint normal distribution.</summary>
    /// <param name="means">m means.</param>
    /// <param name="covariance">Lower triangle of the covariance of m values over the scale's square. Its diagonal is raised a bit.</param>
    /// <param name="count">Number of draws.</param>
    /// <returns>count rows of m values.</returns>
    /// <exception cref="InvalidOperationException">The covariance is not positive definite.</exception>
    public static double[][] Draw(double[] means, double[][] covariance, double scale, int count, Random random)
    {
        for (int i = 0; i < means.Length; i++)
        {
            covariance[i][i] += 1e-6;
        }

        LowerFactor factor = LowerFactor.Of(covariance)
            ?? throw new InvalidOperationException("The posterior covariance is not positive definite.");
        double[][] draws = new double[count][];
        for (int draw = 0; draw < count; draw++)
        {
            double[] values = factor.Multiply(Draw(means.Length, random));
            draws[draw] = [.. values.Select((value, i) => means[i] + (scale * value))];
        }

        return draws;
    }
}
