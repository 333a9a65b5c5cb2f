namespace PelNas.Shared.Reports.Html;

/// <summary>
/// The report of a search as one HTML file that needs nothing else: no script, no font, no request. It follows the reader's light
/// or dark setting. All text of the proposer is escaped and cut.
/// </summary>
public static class HtmlReport
{
    private static readonly Lazy<string> Style = new(ReadStyle);

    /// <summary>Makes the page.</summary>
    /// <param name="result">The result.</param>
    /// <param name="content">The content of the store that the result was built from.</param>
    /// <param name="exactFront">The exact front of the context, in any order; empty where it is not known.</param>
    public static string Render(SearchResult result, RunContent content, IReadOnlyList<PlotPoint> exactFront)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(exactFront);
        MarkupWriter html = new();
        html.Verbatim("<!DOCTYPE html>\n");
        using (html.Open("html", ("lang", "en")))
        {
            Head(html, result);
            using (html.Open("body"))
            using (html.Open("main"))
            {
                HeaderSection.Write(html, result);
                KeyFigures.Write(html, result);
                using (html.Open("section", ("aria-labelledby", "plot")))
                {
                    html.Element("h2", "Accuracy and latency", ("id", "plot"));
                    ParetoPlot.Write(html, content, result.Front, exactFront);
                }

                using (html.Open("div", ("class", "pair")))
                {
                    using (html.Open("section", ("aria-labelledby", "progress")))
                    {
                        html.Element("h2", "Hypervolume by generation", ("id", "progress"));
                        LineChart.Write(
                            html, "hypervolume", [.. result.Generations.Where(generation => generation.Hypervolume is not null).Select(generation => (generation.Generation, generation.Hypervolume!.Value))]);
                    }

                    RejectionSection.Write(html, content);
                }

                FrontSection.Write(html, result.Front);
                PartitionSection.Write(html, result, content);
                Definitions(html);
            }
        }

        return html.ToString();
    }

    private static void Head(MarkupWriter html, SearchResult result)
    {
        using (html.Open("head"))
        {
            html.Empty("meta", ("charset", "utf-8"));
            html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            html.Empty("meta", ("name", "color-scheme"), ("content", "light dark"));
            // Should an escape ever be missed, the page still runs nothing and asks for nothing.
            html.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; style-src 'unsafe-inline'"));
            html.Element("title", $"{result.RunId} – PEL-NAS search report");
            using (html.Open("style"))
            {
                html.Verbatim(Style.Value);
            }
        }
    }

    private static void Definitions(MarkupWriter html)
    {
        using (html.Open("footer"))
        {
            html.Element(
                "p",
                "Error and latency are min-max normalised over the whole context, with reference point (1, 1). Hypervolume ratio: hypervolume of the found front over that of the exact front. "
                + "IGD: mean distance from an exact front point to the nearest found one. Front hit rate: share of exact front points found. "
                + "Live: the same within ten points of the best accuracy. Label: one true accuracy looked up or one network trained.");
        }
    }

    private static string ReadStyle()
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")
            ?? throw new InvalidOperationException("The style sheet of the report is not in the assembly.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
