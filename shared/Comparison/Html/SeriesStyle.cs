using PelNas.Shared.Reports.Html;

namespace PelNas.Shared.Comparison.Html;

/// <summary>How a strategy looks in a chart: six colours, then the same dashed, then dotted.</summary>
internal static class SeriesStyle
{
    private const int Colours = 6;

    /// <summary>Classes that carry colour and dash, see report.css.</summary>
    public static string Class(int series) => $"h{series % Colours} d{series / Colours % 3}";

    /// <summary>The legend of all series.</summary>
    public static void WriteLegend(MarkupWriter html, IReadOnlyList<string> names)
    {
        using (html.Open("ul", ("class", "legend")))
        {
            for (int series = 0; series < names.Count; series++)
            {
                using (html.Open("li"))
                {
                    using (html.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", "0 0 28 14"),
                        ("class", $"stroke {Class(series)}"), ("aria-hidden", "true")))
                    {
                        html.Empty("path", ("class", "series"), ("d", "M1 7H27"));
                    }

                    html.Text(names[series]);
                }
            }
        }
    }
}
