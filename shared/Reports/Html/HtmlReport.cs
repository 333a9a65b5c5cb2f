namespace PelNas.Shared.Reports.Html;

/// <summary>
/// The report of a search as one HTML file that needs nothing else: no script, no font, no request. It follows the reader's light
/// or dark setting. All text of the proposer is escaped and cut.
/// </summary>
public static class HtmlReport
{
    /// <summary>Makes the page.</summary>
    /// <param name="result">The result.</param>
    /// <param name="content">The content of the store that the result was built from.</param>
    /// <param name="exactFront">The exact front by the kind of accuracy that labels are, in any order; empty where it is not known.</param>
    public static string Render(SearchResult result, RunContent content, IReadOnlyList<PlotPoint> exactFront)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(exactFront);
        return ReportPage.Render($"{result.RunId} – PEL-NAS search report", html =>
        {
            HeaderSection.Write(html, result, content);
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
                    ProgressChart.Write(html, result);
                }

                RejectionSection.Write(html, content);
            }

            FrontSection.Write(html, result);
            PartitionSection.Write(html, result, content);
            Definitions(html, result);
        });
    }

    private static void Definitions(MarkupWriter html, SearchResult result)
    {
        using (html.Open("footer"))
        {
            html.Element(
                "p",
                "The front is chosen by the labels and judged on test accuracy. Error and latency are min-max normalised over the whole context, with reference point (1, 1). Hypervolume ratio: hypervolume of the found front over that of the exact front. "
                + "IGD: mean distance from an exact front point to the nearest found one. Front hit rate: share of exact front points found. Where the search had limits, the exact front is that of the architectures within them. "
                + "Ceiling: the exact front of the validation accuracies, judged on test accuracy. Live: the same within ten points of the best accuracy. Label: one true accuracy looked up or one network trained. "
                + "Candidate: an architecture of the seed population, proposed, filled in or found by the predictor, which was timed and, once there was a predictor, predicted.");
            PredictorNote.Write(html, result.Predictor);
        }
    }
}
