using System.Xml.Linq;

namespace PelNas.Shared.Reports.Html;

/// <summary>The axes, grid and captions around a drawing.</summary>
internal sealed record PlotFrame(int Width, int Height, int Left, int Right, int Top, int Bottom)
{
    /// <summary>Coordinate of the left edge of the plotting area.</summary>
    public double X0 => Left;

    /// <summary>Coordinate of the right edge.</summary>
    public double X1 => Width - Right;

    /// <summary>Coordinate of the lower edge.</summary>
    public double Y0 => Height - Bottom;

    /// <summary>Coordinate of the upper edge.</summary>
    public double Y1 => Top;

    /// <summary>A shape of a drawing. Numbers are coordinates; attributes whose value is null are left out.</summary>
    public static XElement Shape(string tag, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        XElement shape = new(tag);
        foreach ((string name, object? value) in attributes)
        {
            shape.SetAttributeValue(name, value is double number ? Coordinate(number) : value);
        }

        return shape;
    }

    /// <summary>A line through points, as the attribute <c>d</c> of a path has it.</summary>
    public static string Path(IEnumerable<(double X, double Y)> points)
        => "M" + string.Join('L', points.Select(point => $"{Coordinate(point.X)} {Coordinate(point.Y)}"));

    /// <summary>The drawing with its axes.</summary>
    /// <param name="label">A description for those who cannot see it.</param>
    /// <param name="drawn">What is drawn within the axes.</param>
    public XElement Draw(string label, AxisScale x, AxisScale y, string xCaption, string yCaption, IEnumerable<XElement> drawn) => new(
        "svg",
        new XAttribute("viewBox", $"0 0 {Width} {Height}"),
        new XAttribute("role", "img"),
        new XAttribute("aria-label", label),
        new XElement(
            "g",
            new XAttribute("class", "axes"),
            x.Ticks.Select(tick => Grid(
                Shape("line", ("x1", x.Map(tick)), ("x2", x.Map(tick)), ("y1", Y0), ("y2", Y1)), tick, x,
                ("x", x.Map(tick)), ("y", Y0 + 8), ("dy", "1em"), ("text-anchor", "middle"))),
            y.Ticks.Select(tick => Grid(
                Shape("line", ("x1", X0), ("x2", X1), ("y1", y.Map(tick)), ("y2", y.Map(tick))), tick, y,
                ("x", X0 - 10), ("y", y.Map(tick)), ("dy", "0.33em"), ("text-anchor", "end"))),
            Text(xCaption, ("class", "caption"), ("x", (X0 + X1) / 2), ("y", Y0 + 8), ("dy", "2.6em"), ("text-anchor", "middle")),
            Text(yCaption, ("class", "caption"), ("transform", $"translate(14 {Coordinate((Y0 + Y1) / 2)}) rotate(-90)"),
                ("text-anchor", "middle"))),
        drawn);

    private static XElement[] Grid(XElement line, double tick, AxisScale scale, params ReadOnlySpan<(string Name, object? Value)> place)
        => [line, Text(tick.ToString($"F{scale.Decimals}", CultureInfo.InvariantCulture), place)];

    private static XElement Text(string text, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        XElement element = Shape("text", attributes);
        element.Add(text);
        return element;
    }

    private static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
