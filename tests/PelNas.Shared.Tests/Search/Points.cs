namespace PelNas.Shared.Tests.Search;

/// <summary>Random point sets and the slow, obvious definitions that the fast code is compared with.</summary>
internal static class Points
{
    /// <summary>Up to 40 points on a coarse grid of 0..8, so that ties and copies are common.</summary>
    public static Arbitrary<double[][]> OnGrid(int dimension) =>
        Gen.Choose(0, 40)
            .SelectMany(count => Gen.Choose(0, 8).Select(value => (double)value).ArrayOf(dimension).ArrayOf(count))
            .ToArbitrary();

    /// <summary>
    /// Up to 600 points with numbers of 0..1000: on grids from one with copies all over to one nearly without, in chains in which each
    /// dominates the next, on lines along which none dominates another, or all of these together.
    /// </summary>
    public static Arbitrary<double[][]> Many(int dimension) =>
        Gen.Elements(1, 2, 6, 40, 1_000)
            .SelectMany(cells =>
            {
                Gen<double> number = Gen.Choose(0, cells).Select(value => (double)value);
                Gen<double[]> onGrid = number.ArrayOf(dimension);
                Gen<double[]> inChain = number.Select(value => Enumerable.Repeat(value, dimension).ToArray());
                Gen<double[]> onLine = onGrid.Select(point => dimension == 1 ? point : [point[0], cells - point[0], .. point[2..]]);
                return Gen.Elements(onGrid, inChain, onLine, Gen.OneOf(onGrid, inChain, onLine));
            })
            .SelectMany(point => Gen.Choose(0, 600).SelectMany(count => point.ArrayOf(count)))
            .ToArbitrary();

    public static double[][] Uniform(int count, int dimension, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, dimension).Select(_ => random.NextDouble()).ToArray())];
    }

    public static bool Dominates(double[] left, double[] right) =>
        left.Zip(right).All(pair => pair.First <= pair.Second) && left.Zip(right).Any(pair => pair.First < pair.Second);

    /// <summary>Peels off the non-dominated points again and again.</summary>
    public static int[] Ranks(double[][] points)
    {
        int[] ranks = [.. Enumerable.Repeat(-1, points.Length)];
        List<int> left = [.. Enumerable.Range(0, points.Length)];
        for (int rank = 0; left.Count > 0; rank++)
        {
            int[] front = [.. left.Where(index => !left.Any(other => Dominates(points[other], points[index])))];
            foreach (int index in front)
            {
                ranks[index] = rank;
            }

            left.RemoveAll(front.Contains);
        }

        return ranks;
    }

    /// <summary>Counts the dominated cells of the grid that the points and the reference span.</summary>
    public static double Hypervolume(double[][] points, double[] reference)
    {
        double[][] cuts = [.. reference.Select((end, objective) =>
            points.Select(point => point[objective]).Where(value => value < end).Append(end).Distinct().Order().ToArray())];
        return Sum(0, []);

        double Sum(int objective, double[] corner) => objective == reference.Length
            ? points.Any(point => point.Zip(corner).All(pair => pair.First <= pair.Second)) ? 1 : 0
            : cuts[objective].Zip(cuts[objective].Skip(1))
                .Sum(cell => (cell.Second - cell.First) * Sum(objective + 1, [.. corner, cell.First]));
    }
}
