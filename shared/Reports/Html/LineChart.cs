using System.Text;

namespace PelNas.Shared.Reports.Html;

/// <summary>One value by generation or epoch, as a line with a mark at each.</summary>
internal static class LineChart
{
    private static readonly PlotFrame Frame = new(520, 280, 78, 18, 14, 48);

    /// <summary>Draws the chart, or a sentence when there is no value.</summary>
    /// <param name="html">The page.</param>
    /// <param name="name">What the values are.</param>
    /// <param name="values">Generation and value, by generation.</param>
    /// <param name="unit">What it goes by instead of generations.</param>
    public static void Write(
        MarkupWriter html, string name, IReadOnlyList<(int Generation, double Value)> values, string unit = "generation")
    {
        if (values.Count == 0)
        {
            html.Element("p", $"There is no {name} by {unit}.", ("class", "none"));
            return;
        }

        AxisScale x = AxisScale.Over(
            [.. values.Select(value => (double)value.Generation)], Math.Min(10, Math.Max(1, values.Count - 1)), Frame.X0 + 8, Frame.X1 - 8);
        AxisScale y = AxisScale.Over([.. values.Select(value => value.Value)], 5, Frame.Y0, Frame.Y1);
        (int lastGeneration, double last) = values[^1];
        using (html.Open("figure"))
        using (Frame.Open(
            html,
            $"Line chart of the {name} by {unit}, "
                + $"{ReportText.Fixed(values[0].Value, 4)} at first and {ReportText.Fixed(last, 4)} after {unit} {lastGeneration}."))
        {
            Frame.DrawAxes(html, x, y, unit, name);
            StringBuilder line = new();
            foreach ((int generation, double value) in values)
            {
                line.Append(CultureInfo.InvariantCulture, $"{(line.Length == 0 ? 'M' : 'L')}{C(x.Map(generation))} {C(y.Map(value))}");
            }

            html.Empty("path", ("class", "found"), ("d", line.ToString()));
            foreach ((int generation, double value) in values)
            {
                using (html.Open("circle", ("class", "mark"), ("cx", C(x.Map(generation))), ("cy", C(y.Map(value))), ("r", "4")))
                {
                    html.Element("title", $"{unit} {generation}: {ReportText.Fixed(value, 4)}");
                }
            }
        }
    }

    private static string C(double value) => ReportText.Coordinate(value);
}
