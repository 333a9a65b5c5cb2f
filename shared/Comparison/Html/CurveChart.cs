using System.Text;
using PelNas.Shared.Reports.Html;

namespace PelNas.Shared.Comparison.Html;

/// <summary>One measure over labels, a line with its confidence band per strategy.</summary>
internal static class CurveChart
{
    private static readonly PlotFrame Frame = new(520, 340, 78, 18, 14, 48);

    /// <summary>Draws the chart, or a sentence when there is no point.</summary>
    /// <param name="html">The page.</param>
    /// <param name="metric">Place of the measure in <see cref="Metric.All"/>.</param>
    public static void Write(MarkupWriter html, IReadOnlyList<StrategyCurve> curves, int metric)
    {
        // The first sixth of a budget is chance in every strategy and would take the scale from what follows.
        (int Labels, double Mean, double Half)[][] series =
        [
            .. curves.Select(curve => curve.Points.Where(point => point.Labels * 6 >= curve.Budget)
                .Select(point => (point.Labels, point.Metrics[metric].Mean, point.Metrics[metric].HalfWidth95)).ToArray()),
        ];
        (int Labels, double Mean, double Half)[] all = [.. series.SelectMany(points => points)];
        string title = Metric.All[metric].Title;
        if (all.Length == 0)
        {
            html.Element("p", $"There is no {title} over labels.", ("class", "none"));
            return;
        }

        AxisScale x = AxisScale.Over([.. all.Select(point => (double)point.Labels)], 6, Frame.X0 + 4, Frame.X1 - 4);
        AxisScale y = AxisScale.Over(
            [.. all.SelectMany(point => new[] { Within(point.Mean - point.Half), Within(point.Mean + point.Half) })],
            6, Frame.Y0, Frame.Y1);
        using (html.Open("figure"))
        using (Frame.Open(html, $"Line chart of the mean {title} over labels for {curves.Count} strategies with 95 % confidence bands."))
        {
            Frame.DrawAxes(html, x, y, "labels", title);
            for (int place = 0; place < series.Length; place++)
            {
                if (series[place].Length > 0)
                {
                    Draw(html, SeriesStyle.Class(place), curves[place].Strategy, series[place], x, y);
                }
            }
        }
    }

    private static void Draw(
        MarkupWriter html, string style, string strategy, (int Labels, double Mean, double Half)[] points, AxisScale x, AxisScale y)
    {
        using (html.Open("g", ("class", style)))
        {
            IEnumerable<(double X, double Y)> upper = points.Select(point => (x.Map(point.Labels), y.Map(Within(point.Mean + point.Half))));
            IEnumerable<(double X, double Y)> lower = points.Select(point => (x.Map(point.Labels), y.Map(Within(point.Mean - point.Half))));
            html.Empty("path", ("class", "band"), ("d", Path(upper.Concat(lower.Reverse())) + "Z"));
            using (html.Open("path", ("class", "series"), ("d", Path(points.Select(point => (x.Map(point.Labels), y.Map(point.Mean)))))))
            {
                html.Element(
                    "title",
                    $"{strategy}: {ReportText.Fixed(points[^1].Mean, 4)} ± {ReportText.Fixed(points[^1].Half, 4)} at "
                        + $"{points[^1].Labels} labels");
            }
        }
    }

    /// <summary>Every measure lies in 0..1, an interval by Student's t need not.</summary>
    private static double Within(double value) => Math.Clamp(value, 0, 1);

    private static string Path(IEnumerable<(double X, double Y)> points)
    {
        StringBuilder path = new();
        foreach ((double x, double y) in points)
        {
            path.Append(
                CultureInfo.InvariantCulture, $"{(path.Length == 0 ? 'M' : 'L')}{ReportText.Coordinate(x)} {ReportText.Coordinate(y)}");
        }

        return path.ToString();
    }
}
