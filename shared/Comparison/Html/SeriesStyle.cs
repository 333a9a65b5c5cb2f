using System.Xml.Linq;
using PelNas.Shared.Reports.Html;

namespace PelNas.Shared.Comparison.Html;

/// <summary>How a strategy looks in a chart: six colours, then the same dashed, then dotted.</summary>
internal static class SeriesStyle
{
    private const int Colours = 6;

    /// <summary>Classes that carry colour and dash, see report.css.</summary>
    public static string Class(int series) => $"h{series % Colours} d{series / Colours % 3}";

    /// <summary>The legend of all series.</summary>
    public static XElement Legend(IEnumerable<string> names) => new(
        "ul",
        new XAttribute("class", "legend"),
        names.Index().Select(series => new XElement("li", Sample(series.Index), series.Item)));

    private static XElement Sample(int series) => new(
        "svg",
        new XAttribute("viewBox", "0 0 28 14"),
        new XAttribute("class", $"stroke {Class(series)}"),
        new XAttribute("aria-hidden", "true"),
        PlotFrame.Shape("path", ("class", "series"), ("d", "M1 7H27")));
}
