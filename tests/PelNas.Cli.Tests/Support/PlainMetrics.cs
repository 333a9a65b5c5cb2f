namespace PelNas.Cli.Tests.Support;

/// <summary>The metrics straight from their definitions, by brute force and with none of the product's code but its tables.</summary>
public sealed record PlainMetrics(double Hypervolume, double HypervolumeRatio, double Igd, double FrontHitRate, int TrueFrontSize)
{
    public static PlainMetrics Of(BenchmarkContext context, int[] front)
    {
        double least = context.LatencyMs.Min();
        double most = context.LatencyMs.Max();
        double best = context.TestAccuracy.Max();
        double worst = context.TestAccuracy.Min();
        (double X, double Y)[] all =
        [
            .. Enumerable.Range(0, context.TestAccuracy.Length).Select(index => (
                (context.LatencyMs[index] - least) / (most - least),
                (best - context.TestAccuracy[index]) / (best - worst))),
        ];
        (double X, double Y)[] exact =
        [
            .. all.Where(point => !all.Any(other => other.X <= point.X && other.Y <= point.Y && other != point)).Distinct(),
        ];
        // A front that labels chose may have points that another one dominates on test accuracy.
        (double X, double Y)[] chosen = [.. front.Select(index => all[index])];
        (double X, double Y)[] found =
            [.. chosen.Where(point => !chosen.Any(other => other.X <= point.X && other.Y <= point.Y && other != point))];
        double hypervolume = Area(found);
        return new PlainMetrics(
            hypervolume,
            hypervolume / Area(exact),
            exact.Average(point => found.Min(other => Math.Sqrt(Math.Pow(point.X - other.X, 2) + Math.Pow(point.Y - other.Y, 2)))),
            exact.Count(found.Contains) / (double)exact.Length,
            exact.Length);
    }

    /// <summary>Area between the points and (1, 1), strip by strip.</summary>
    private static double Area((double X, double Y)[] points)
    {
        double[] edges = [.. points.Select(point => point.X).Append(1).Distinct().Order()];
        double area = 0;
        for (int strip = 0; strip + 1 < edges.Length; strip++)
        {
            double lowest = points.Where(point => point.X <= edges[strip]).Min(point => point.Y);
            area += (edges[strip + 1] - edges[strip]) * (1 - lowest);
        }

        return area;
    }
}
