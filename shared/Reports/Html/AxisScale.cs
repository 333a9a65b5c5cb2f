namespace PelNas.Shared.Reports.Html;

/// <summary>Maps values of one axis to coordinates of a drawing, with round numbers for ticks.</summary>
internal sealed class AxisScale
{
    private readonly double _from;
    private readonly double _to;

    private AxisScale(double minimum, double maximum, double step, double from, double to)
    {
        Minimum = minimum;
        Maximum = maximum;
        Step = step;
        _from = from;
        _to = to;
    }

    /// <summary>Least value of the axis, a tick.</summary>
    public double Minimum { get; }

    /// <summary>Greatest value of the axis, a tick.</summary>
    public double Maximum { get; }

    /// <summary>Distance of two ticks: 1, 2 or 5 times a power of ten.</summary>
    public double Step { get; }

    /// <summary>The ticks, ascending.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            int count = (int)Math.Round((Maximum - Minimum) / Step);
            for (int i = 0; i <= count; i++)
            {
                yield return Minimum + (i * Step);
            }
        }
    }

    /// <summary>Decimals that tell two ticks apart.</summary>
    public int Decimals => Math.Clamp((int)Math.Ceiling(-Math.Log10(Step) - 1e-9), 0, 9);

    /// <summary>A scale over the values with about <paramref name="ticks"/> ticks.</summary>
    /// <param name="values">Finite values, at least one.</param>
    /// <param name="ticks">Ticks wanted.</param>
    /// <param name="from">Coordinate of the least value.</param>
    /// <param name="to">Coordinate of the greatest value.</param>
    public static AxisScale Over(IReadOnlyCollection<double> values, int ticks, double from, double to)
    {
        double minimum = values.Min();
        double maximum = values.Max();
        if (maximum - minimum < 1e-9 * Math.Max(1, Math.Abs(maximum)))
        {
            double room = Math.Max(Math.Abs(maximum) * 0.05, 1e-3);
            (minimum, maximum) = (minimum - room, maximum + room);
        }

        double step = RoundStep((maximum - minimum) / ticks);
        return new AxisScale(Math.Floor((minimum / step) + 1e-9) * step, Math.Ceiling((maximum / step) - 1e-9) * step, step, from, to);
    }

    /// <summary>The coordinate of a value. Values outside the axis fall outside the drawing.</summary>
    public double Map(double value) => _from + ((value - Minimum) / (Maximum - Minimum) * (_to - _from));

    private static double RoundStep(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }
}
