namespace PelNas.Shared.Strategies.Surrogate;

/// <summary>
/// The best value to be had within each latency: a staircase over latency, from a floor up. Values are maximised, latencies minimised.
/// </summary>
internal sealed class Skyline
{
    private readonly double _end;
    private readonly double _floor;

    // Steps by latency; value and latency both rise.
    private readonly List<(double Latency, double Value)> _steps = [];

    /// <param name="end">Latency at which the area ends.</param>
    /// <param name="floor">Value before the first step.</param>
    public Skyline(double end, double floor)
    {
        _end = end;
        _floor = floor;
    }

    /// <summary>A copy that grows on its own.</summary>
    public Skyline(Skyline other)
        : this(other._end, other._floor) => _steps.AddRange(other._steps);

    /// <summary>The best value within a latency.</summary>
    public double Level(double latency)
    {
        double level = _floor;
        foreach ((double at, double value) in _steps)
        {
            if (at > latency)
            {
                break;
            }

            level = value;
        }

        return level;
    }

    /// <summary>Area that a point would add.</summary>
    public double Gain(double latency, double value) => Area(latency, level => Math.Max(value - level, 0), stopAtZero: true);

    /// <summary>Expected area that a normally distributed value at a latency would add.</summary>
    public double ExpectedGain(double latency, double mean, double deviation)
        => Area(latency, level => Normal.ExpectedExcess(mean, deviation, level), stopAtZero: false);

    /// <summary>Adds a point unless another is at least as good in both.</summary>
    public void Add(double latency, double value)
    {
        if (Level(latency) >= value)
        {
            return;
        }

        int at = _steps.FindIndex(step => step.Latency >= latency);
        at = at < 0 ? _steps.Count : at;
        int worse = 0;
        while (at + worse < _steps.Count && _steps[at + worse].Value <= value)
        {
            worse++;
        }

        _steps.RemoveRange(at, worse);
        _steps.Insert(at, (latency, value));
    }

    private double Area(double latency, Func<double, double> excess, bool stopAtZero)
    {
        double area = 0;
        double from = latency;
        double level = _floor;
        foreach ((double at, double value) in _steps)
        {
            if (at > from)
            {
                double height = excess(level);
                if (stopAtZero && height <= 0)
                {
                    return area;
                }

                area += (at - from) * height;
                from = at;
            }

            level = value;
        }

        return _end > from ? area + ((_end - from) * excess(level)) : area;
    }
}
