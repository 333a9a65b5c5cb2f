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

    /// <summary>Opens the drawing, with a name and a description for those who cannot see it.</summary>
    public MarkupWriter.Scope Open(MarkupWriter html, string label) => html.Open(
        "svg",
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("viewBox", $"0 0 {Width} {Height}"),
        ("role", "img"),
        ("aria-label", label));

    /// <summary>Grid lines with their numbers, and the captions of both axes.</summary>
    public void DrawAxes(MarkupWriter html, AxisScale x, AxisScale y, string xCaption, string yCaption)
    {
        using (html.Open("g", ("class", "axes")))
        {
            foreach (double tick in x.Ticks)
            {
                string at = ReportText.Coordinate(x.Map(tick));
                html.Empty("line", ("x1", at), ("x2", at), ("y1", C(Y0)), ("y2", C(Y1)));
                html.Element(
                    "text", ReportText.Fixed(tick, x.Decimals), ("x", at), ("y", C(Y0 + 8)), ("dy", "1em"), ("text-anchor", "middle"));
            }

            foreach (double tick in y.Ticks)
            {
                double at = y.Map(tick);
                html.Empty("line", ("x1", C(X0)), ("x2", C(X1)), ("y1", C(at)), ("y2", C(at)));
                html.Element(
                    "text", ReportText.Fixed(tick, y.Decimals), ("x", C(X0 - 10)), ("y", C(at)), ("dy", "0.33em"), ("text-anchor", "end"));
            }

            html.Element("text", xCaption, ("class", "caption"), ("x", C((X0 + X1) / 2)), ("y", C(Y0 + 8)), ("dy", "2.6em"),
                ("text-anchor", "middle"));
            html.Element(
                "text", yCaption, ("class", "caption"), ("transform", $"translate(14 {C((Y0 + Y1) / 2)}) rotate(-90)"),
                ("text-anchor", "middle"));
        }
    }

    private static string C(double value) => ReportText.Coordinate(value);
}
