using System.Xml.Linq;
using PelNas.Shared.Reports.Html;

namespace PelNas.Shared.Comparison.Html;

/// <summary>One measure over labels, a line with its confidence band per strategy.</summary>
internal static class CurveChart
{
    private static readonly PlotFrame Frame = new(520, 340, 78, 18, 14, 48);

    /// <summary>The chart, or a sentence when there is no point.</summary>
    /// <param name="metric">Place of the measure in <see cref="Metric.All"/>.</param>
    public static XElement Of(IReadOnlyList<StrategyCurve> curves, int metric)
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
            return new XElement("p", new XAttribute("class", "none"), $"There is no {title} over labels.");
        }

        AxisScale x = AxisScale.Over([.. all.Select(point => (double)point.Labels)], 6, Frame.X0 + 4, Frame.X1 - 4);
        AxisScale y = AxisScale.Over(
            [.. all.SelectMany(point => new[] { Within(point.Mean - point.Half), Within(point.Mean + point.Half) })],
            6, Frame.Y0, Frame.Y1);
        return new XElement("figure", Frame.Draw(
            $"Line chart of the mean {title} over labels for {curves.Count} strategies with 95 % confidence bands.", x, y, "labels", title,
            series.Index().Where(one => one.Item.Length > 0)
                .Select(one => Line(SeriesStyle.Class(one.Index), curves[one.Index].Strategy, one.Item, x, y))));
    }

    private static XElement Line(
        string style, string strategy, (int Labels, double Mean, double Half)[] points, AxisScale x, AxisScale y)
    {
        IEnumerable<(double X, double Y)> upper = points.Select(point => (x.Map(point.Labels), y.Map(Within(point.Mean + point.Half))));
        IEnumerable<(double X, double Y)> lower = points.Select(point => (x.Map(point.Labels), y.Map(Within(point.Mean - point.Half))));
        XElement mean = PlotFrame.Shape(
            "path", ("class", "series"), ("d", PlotFrame.Path(points.Select(point => (x.Map(point.Labels), y.Map(point.Mean))))));
        mean.Add(new XElement("title", $"{strategy}: {points[^1].Mean:F4} ± {points[^1].Half:F4} at {points[^1].Labels} labels"));
        return new XElement(
            "g",
            new XAttribute("class", style),
            PlotFrame.Shape("path", ("class", "band"), ("d", PlotFrame.Path(upper.Concat(lower.Reverse())) + "Z")),
            mean);
    }

    /// <summary>Every measure lies in 0..1, an interval by Student's t need not.</summary>
    private static double Within(double value) => Math.Clamp(value, 0, 1);
}
