namespace PelNas.Shared.Pareto;

/// <summary>
/// The area dominated by a growing set of points in the plane, kept as the staircase of its non-dominated points. Adding n points
/// takes O(n log n) altogether, since each leaves the staircase at most once.
/// </summary>
/// <param name="x">First objectives of the points that may be added, in lexicographic order.</param>
/// <param name="y">Their second objectives.</param>
/// <param name="referenceX">Right end of the area.</param>
/// <param name="referenceY">Upper end of the area.</param>
internal sealed class Staircase(double[] x, double[] y, double referenceX, double referenceY)
{
    private readonly RankSet _steps = new(x.Length);

    public double Area { get; private set; }

    public void Add(int rank)
    {
        int left = _steps.Below(rank);
        double height = left == RankSet.None ? referenceY : y[left];
        if (height <= y[rank])
        {
            return;
        }

        double start = x[rank];
        int right = _steps.Above(rank);
        while (right != RankSet.None && y[right] >= y[rank])
        {
            Area += (x[right] - start) * (height - y[rank]);
            (start, height) = (x[right], y[right]);
            _steps.Remove(right);
            right = _steps.Above(right);
        }

        Area += ((right == RankSet.None ? referenceX : x[right]) - start) * (height - y[rank]);
        _steps.Add(rank);
    }
}
