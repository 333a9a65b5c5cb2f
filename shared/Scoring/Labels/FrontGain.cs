namespace PelNas.Shared.Scoring.Labels;

/// <summary>
/// A front in two normalised objectives, both minimised, against the reference point (1, 1), that can say how much area a further
/// point would add. Points that reach neither below 1 add nothing.
/// </summary>
internal sealed class FrontGain
{
    // Sorted by first objective ascending, second descending; no point dominates another.
    private readonly List<(double First, double Second)> _points = [];

    /// <summary>Area that a point would add. O(points).</summary>
    public double Gain(double first, double second)
    {
        if (first >= 1 || second >= 1)
        {
            return 0;
        }

        double gain = 0;
        double level = 1;
        double from = first;
        foreach ((double x, double y) in _points)
        {
            if (x <= first)
            {
                level = y;
                continue;
            }

            if (level <= second)
            {
                return gain;
            }

            gain += (x - from) * (level - second);
            from = x;
            level = y;
        }

        return level <= second ? gain : gain + ((1 - from) * (level - second));
    }

    /// <summary>Adds a point, unless it is dominated.</summary>
    public void Add(double first, double second)
    {
        if (first >= 1 || second >= 1 || _points.Any(point => point.First <= first && point.Second <= second))
        {
            return;
        }

        _points.RemoveAll(point => point.First >= first && point.Second >= second);
        int at = _points.FindIndex(point => point.First > first);
        _points.Insert(at < 0 ? _points.Count : at, (first, second));
    }
}
