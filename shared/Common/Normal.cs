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
}
