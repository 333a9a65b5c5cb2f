using System.Globalization;
using PelNas.Shared.Records;

namespace PelNas.Shared.Reports.Html;

/// <summary>The front as a table.</summary>
internal static class FrontSection
{
    private static readonly (string Name, bool Number)[] Columns =
    [
        ("Index", true), ("Architecture", false), ("Validation, %", true), ("Test, %", true), ("Predicted, %", true), ("Latency, ms", true),
        (Energy, true), ("Parameters, M", true), ("MACs, M", true), ("Partition", false), ("Generation", true),
    ];

    private const string Energy = "Energy, mJ";

    public static void Write(MarkupWriter html, SearchResult result)
    {
        IReadOnlyList<FrontPoint> front = result.Front;
        using (html.Open("section", ("aria-labelledby", "front")))
        {
            html.Element("h2", "Pareto front", ("id", "front"));
            if (front.Count == 0)
            {
                html.Element("p", "No front has been published yet.", ("class", "none"));
                return;
            }

            FrontPoint? knee = FrontKnee.Of(front);
            using (html.Open("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-labelledby", "front")))
            using (html.Open("table"))
            {
                html.Element("caption", $"{front.Count} architectures, fastest first, chosen by {result.LabelsFrom} accuracy{(result.SawTestAccuracy ? "" : "; the test accuracy was never seen by the search")}. The prediction is the one the label was bought on."
                    + (knee is null ? "" : " A star marks the knee, the compromise to look at first."));
                using (html.Open("thead"))
                using (html.Open("tr"))
                {
                    foreach ((string name, bool number) in Columns.Where(column => column.Name != Energy || HasEnergy(front)))
                    {
                        html.Element("th", name, ("scope", "col"), ("class", number ? "number" : null));
                    }
                }

                using (html.Open("tbody"))
                {
                    foreach (FrontPoint point in front)
                    {
                        Row(html, point, isKnee: point == knee, HasEnergy(front));
                    }
                }
            }

            if (front.Any(point => point.LatencyFrom is not null))
            {
                html.Element("p", "Latencies with an interval are predicted from measurements of other cells: nine of ten lie in it. The others were measured.", ("class", "note"));
            }

            html.Element("p", $"A network of these as a file: pelnas model {(knee ?? front[0]).Index} --format onnx --dataset {result.Dataset} --output cell.onnx; --format pytorch writes a module.", ("class", "note"));
        }
    }

    private static bool HasEnergy(IReadOnlyList<FrontPoint> front) => front.Any(point => point.EnergyMj is not null);

    private static string Latency(FrontPoint point) => point is { LatencyLowMs: { } low, LatencyHighMs: { } high } && high > low
        ? $"{ReportText.Fixed(point.LatencyMs, 3)} ({ReportText.Fixed(low, 3)} to {ReportText.Fixed(high, 3)}, {point.LatencyFrom})"
        : ReportText.Fixed(point.LatencyMs, 3);

    private static void Row(MarkupWriter html, FrontPoint point, bool isKnee, bool hasEnergy)
    {
        using (html.Open("tr"))
        {
            html.Element("th", string.Create(CultureInfo.InvariantCulture, $"{(isKnee ? "★ " : "")}{point.Index}"), ("scope", "row"), ("class", "number"));
            using (html.Open("td"))
            {
                Architecture(html, ReportText.Cap(point.Architecture, 200));
            }

            Number(html, ReportText.Fixed(point.ValidationAccuracy, 2));
            Number(html, ReportText.Fixed(point.TestAccuracy, 2));
            Number(html, ReportText.Fixed(point.PredictedAccuracy, 2));
            Number(html, Latency(point));
            if (hasEnergy)
            {
                Number(html, ReportText.Fixed(point.EnergyMj, 3));
            }

            Number(html, ReportText.Fixed(point.ParamsM, 3));
            Number(html, ReportText.Fixed(point.FlopsM, 1));
            using (html.Open("td"))
            {
                PartitionMarker.WriteSwatch(html, point.Partition);
                html.Text(point.Partition.ToString(CultureInfo.InvariantCulture));
            }

            Number(html, point.Generation.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The notation, with a place to break the line before each node of the cell.</summary>
    private static void Architecture(MarkupWriter html, string notation)
    {
        using (html.Open("code"))
        {
            string[] nodes = notation.Split('+');
            html.Text(nodes[0]);
            foreach (string node in nodes.Skip(1))
            {
                html.Empty("wbr");
                html.Text("+" + node);
            }
        }
    }

    private static void Number(MarkupWriter html, string text) => html.Element("td", text, ("class", "number"));
}
