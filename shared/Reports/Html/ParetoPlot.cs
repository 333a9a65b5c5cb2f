using System.Text;
using PelNas.Shared.Records;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Reports.Html;

/// <summary>
/// Accuracy over latency, as the labels showed it: every labelled architecture, the found front and the exact one of the labels. The accuracy axis begins at most ten
/// points below the best, as in the live metrics: cells at chance level would squeeze all others together. What lies lower is
/// marked at the lower edge.
/// </summary>
internal sealed class ParetoPlot
{
    private const double Radius = 3.6;
    private static readonly PlotFrame Frame = new(960, 528, 88, 18, 14, 70);

    private readonly RunContent _content;
    private readonly IReadOnlyList<FrontPoint> _front;
    private readonly PlotPoint[] _exact;
    private readonly AxisScale _x;
    private readonly AxisScale _y;

    private ParetoPlot(RunContent content, IReadOnlyList<FrontPoint> front, PlotPoint[] exact, AxisScale x, AxisScale y) =>
        (_content, _front, _exact, _x, _y) = (content, front, exact, x, y);

    /// <summary>Draws the plot with its legend, or a sentence when there is nothing to draw.</summary>
    public static void Write(MarkupWriter html, RunContent content, IReadOnlyList<FrontPoint> front, IReadOnlyList<PlotPoint> exactFront)
    {
        PlotPoint[] exact = [.. exactFront.OrderBy(point => point.LatencyMs)];
        PlotPoint[] all = [.. content.Partitions.SelectMany(partition => partition.Labelled).Where(IsPlaced).Select(Place), .. exact];
        if (all.Length == 0)
        {
            html.Element("p", "No architecture has a label yet.", ("class", "none"));
            return;
        }

        double floor = all.Max(point => point.Accuracy) - ContextMetrics.LivePoints;
        AxisScale x = AxisScale.Over([.. all.Select(point => point.LatencyMs)], 10, Frame.X0, Frame.X1);
        AxisScale y = AxisScale.Over([.. all.Select(point => Math.Max(point.Accuracy, floor))], 8, Frame.Y0, Frame.Y1);
        new ParetoPlot(content, front, exact, x, y).Draw(html);
    }

    private void Draw(MarkupWriter html)
    {
        int labelled = _content.Labelled.Count();
        using (html.Open("figure"))
        {
            using (Frame.Open(html, $"Scatter plot of accuracy over latency: {labelled} labelled architectures, a found front of {_front.Count} and an exact front of {_exact.Length} points."))
            {
                using (html.Open("defs"))
                using (html.Open("clipPath", ("id", "area")))
                {
                    html.Empty("rect", ("x", C(Frame.X0)), ("y", C(Frame.Y1 - 8)), ("width", C(Frame.X1 - Frame.X0 + 8)), ("height", C(Frame.Y0 - Frame.Y1 + 8)));
                }

                Frame.DrawAxes(html, _x, _y, "latency, ms", $"{_content.Run.Request.LabelsFrom} accuracy, %");
                using (html.Open("g", ("clip-path", "url(#area)")))
                {
                    html.Empty("path", ("class", "exact"), ("d", Steps(_exact)));
                    DrawCandidates(html);
                    html.Empty("path", ("class", "found"), ("d", Steps([.. _front.Select(point => new PlotPoint(point.LatencyMs, point.Accuracy))])));
                    DrawFront(html);
                }
            }

            Legend(html);
        }
    }

    private void DrawCandidates(MarkupWriter html)
    {
        HashSet<int> onFront = [.. _front.Select(point => point.Index)];
        foreach (PartitionContent partition in _content.Partitions)
        {
            int id = partition.Plan.Id;
            using (html.Open("g", ("class", $"{PartitionMarker.Class(id)} candidates")))
            {
                foreach (CandidateRow candidate in partition.Labelled.Where(candidate => IsPlaced(candidate) && !onFront.Contains(candidate.Index)))
                {
                    Mark(html, id, Place(candidate), Radius, $"#{candidate.Index}, partition {id}, generation {candidate.Generation ?? 0}");
                }
            }
        }
    }

    private void DrawFront(MarkupWriter html)
    {
        foreach (FrontPoint point in _front)
        {
            using (html.Open("g", ("class", $"{PartitionMarker.Class(point.Partition)} front")))
            {
                Mark(
                    html, point.Partition, new PlotPoint(point.LatencyMs, point.Accuracy), Radius * 1.5,
                    $"On the front: #{point.Index} {ReportText.Cap(point.Architecture, 200)}, partition {point.Partition}, generation {point.Generation}");
            }
        }
    }

    private void Mark(MarkupWriter html, int partition, PlotPoint point, double radius, string what)
    {
        bool below = point.Accuracy < _y.Minimum;
        double y = below ? Frame.Y0 - 4 : _y.Map(point.Accuracy);
        using (html.Open("path", ("class", below ? "below" : null), ("d", PartitionMarker.Path(partition, _x.Map(point.LatencyMs), y, radius))))
        {
            html.Element("title", $"{what}: {ReportText.Fixed(point.Accuracy, 2)} %, {ReportText.Fixed(point.LatencyMs, 3)} ms");
        }
    }

    /// <summary>The attained boundary: at each latency the best accuracy to be had within it.</summary>
    private string Steps(PlotPoint[] points)
    {
        StringBuilder path = new();
        foreach (PlotPoint point in points)
        {
            string x = C(_x.Map(point.LatencyMs));
            string y = C(_y.Map(point.Accuracy));
            path.Append(path.Length == 0 ? $"M{x} {y}" : $"H{x}V{y}");
        }

        return path.Length == 0 ? "" : path.Append($"H{C(Frame.X1)}").ToString();
    }

    private void Legend(MarkupWriter html)
    {
        int below = _content.Partitions.SelectMany(partition => partition.Labelled).Count(candidate => IsPlaced(candidate) && candidate.Accuracy < _y.Minimum);
        using (html.Open("figcaption"))
        {
            using (html.Open("ul", ("class", "legend")))
            {
                LegendLine(html, "found", "found front");
                if (_exact.Length > 0)
                {
                    LegendLine(html, "exact", $"exact front by {_content.Run.Request.LabelsFrom} accuracy");
                }

                LegendMark(html, "front", 5.2, "large, outlined: on the front");
                LegendMark(html, "candidates", 3.6, "small, faded: labelled only");
                foreach (PartitionContent partition in _content.Partitions)
                {
                    using (html.Open("li"))
                    {
                        PartitionMarker.WriteSwatch(html, partition.Plan.Id);
                        html.Text($"partition {partition.Plan.Id}");
                    }
                }
            }

            if (below > 0)
            {
                html.Element(
                    "p",
                    $"{below} labelled {(below == 1 ? "architecture lies" : "architectures lie")} below {ReportText.Fixed(_y.Minimum, _y.Decimals)} % and {(below == 1 ? "is" : "are")} marked at the lower edge.");
            }
        }
    }

    private static void LegendLine(MarkupWriter html, string style, string text)
    {
        using (html.Open("li"))
        {
            using (html.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", "0 0 28 14"), ("class", "stroke"), ("aria-hidden", "true")))
            {
                html.Empty("path", ("class", style), ("d", "M1 7H27"));
            }

            html.Text(text);
        }
    }

    private static void LegendMark(MarkupWriter html, string style, double radius, string text)
    {
        using (html.Open("li"))
        {
            using (html.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", "0 0 14 14"), ("class", $"swatch any {style}"), ("aria-hidden", "true")))
            {
                html.Empty("path", ("d", PartitionMarker.Path(0, 7, 7, radius)));
            }

            html.Text(text);
        }
    }

    private static bool IsPlaced(CandidateRow candidate) => candidate is { Accuracy: not null, LatencyMs: not null };

    private static PlotPoint Place(CandidateRow candidate) => new(candidate.LatencyMs!.Value, candidate.Accuracy!.Value);

    private static string C(double value) => ReportText.Coordinate(value);
}
