namespace PelNas.Shared.Pareto;

/// <summary>
/// The area dominated by a growing set of points in the plane, kept as the staircase of its non-dominated points. Adding n points
/// takes O(n log n) altogether, since each leaves the staircase at most once.
/// </summary>
internal sealed class Staircase
{
    private readonly double[][] _points;
    private readonly double _referenceX;
    private readonly double _referenceY;
    private readonly RankSet _steps;

    /// <param name="points">The points that may be added, in lexicographic order; their first two objectives count.</param>
    /// <param name="referenceX">Right end of the area.</param>
    /// <param name="referenceY">Upper end of the area.</param>
    public Staircase(double[][] points, double referenceX, double referenceY)
    {
        _points = points;
        _referenceX = referenceX;
        _referenceY = referenceY;
        _steps = new(points.Length);
    }

    public double Area { get; private set; }

    public void Add(int rank)
    {
        double y = _points[rank][1];
        int left = _steps.Below(rank);
        double height = left == RankSet.None ? _referenceY : _points[left][1];
        if (height <= y)
        {
            return;
        }

        double x = _points[rank][0];
        int right = _steps.Above(rank);
        while (right != RankSet.None && _points[right][1] >= y)
        {
            Area += (_points[right][0] - x) * (height - y);
            (x, height) = (_points[right][0], _points[right][1]);
            _steps.Remove(right);
            right = _steps.Above(right);
        }

        Area += ((right == RankSet.None ? _referenceX : _points[right][0]) - x) * (height - y);
        _steps.Add(rank);
    }
}
