using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Tables;


namespace PelNas.Shared.Reports.Html;

/// <summary>The numbers to look at first: quality of the front, then what it cost.</summary>
internal static class KeyFigures
{
    public static void Write(MarkupWriter html, SearchResult result)
    {
        SearchCounts counts = result.Counts;
        using (html.Open("section", ("aria-label", "Key figures")))
        {
            if (result.Metrics is FrontQuality metrics)
            {
                using (html.Open("div", ("class", "figures quality")))
                {
                    Figure(
                        html, "Hypervolume ratio", ReportText.Fixed(metrics.HypervolumeRatio, 4),
                        $"live {ReportText.Fixed(metrics.LiveHypervolumeRatio, 4)}, 1 is best");
                    Figure(html, "IGD", ReportText.Fixed(metrics.Igd, 4), $"live {ReportText.Fixed(metrics.LiveIgd, 4)}, 0 is best");
                    Figure(
                        html, "Front hit rate", ReportText.Percent(metrics.FrontHitRate),
                        $"of {ReportText.Whole(metrics.TrueFrontSize)} exact points{(result.Limits is null ? "" : " within the limits")}, live {ReportText.Percent(metrics.LiveFrontHitRate)}");
                }

                foreach (string note in new[] { result.HypervolumeNote is { } why ? $"The hypervolume is 0: {why}." : null, result.LatencyWarning }.OfType<string>())
                {
                    html.Element("p", note, ("class", "notice"), ("role", "note"));
                }

                if (result.Ceiling is { } ceiling)
                {
                    html.Element(
                        "p",
                        "Measured on test accuracies, which the search never saw. The ceiling, the exact front of the validation accuracies, has "
                        + $"hypervolume ratio {ReportText.Fixed(ceiling.HypervolumeRatio, 4)} (live {ReportText.Fixed(ceiling.LiveHypervolumeRatio, 4)}), "
                        + $"IGD {ReportText.Fixed(ceiling.Igd, 4)} and front hit rate {ReportText.Percent(ceiling.FrontHitRate)}: what is missing is the noise between the two.",
                        ("class", "remark"));
                }

                html.Element("p", "Live: the same measure with the accuracy axis from the best accuracy to ten points below it, where the networks lie that anybody would use.", ("class", "remark"));
            }
            else
            {
                html.Element("p", "The exact front of this data set and device is not known, so hypervolume ratio, IGD and front hit rate cannot be told.", ("class", "none"));
            }

            using (html.Open("div", ("class", "figures")))
            {
                Figure(html, "Labels", ReportText.Whole(counts.Labels), "true accuracies paid for");
                Figure(html, "Candidates", ReportText.Whole(counts.Scored), "timed or predicted");
                bool offline = result.Proposer == ChatProviders.Offline;
                Figure(html, offline ? "Proposer calls" : "LLM calls", ReportText.Whole(counts.LlmCalls), offline ? "answered offline" : "heuristics and proposals");
                Figure(html, "Tokens", ReportText.Whole(counts.InputTokens + counts.OutputTokens), $"{ReportText.Whole(counts.InputTokens)} in, {ReportText.Whole(counts.OutputTokens)} out");
                string? unconfirmed = CostText.Unconfirmed(counts.UnconfirmedCalls, counts.UnconfirmedUsd);
                Figure(html, "Cost", CostText.Of(counts.Usd), unconfirmed ?? CostNote(counts.Usd));
            }
        }
    }

    private static string CostNote(double? usd) => usd switch
    {
        null => "the model has no known price",
        0 => "nothing was charged",
        _ => "as the provider counted tokens",
    };

    private static void Figure(MarkupWriter html, string name, string value, string note)
    {
        using (html.Open("div", ("class", "figure")))
        {
            html.Element("span", name, ("class", "name"));
            html.Element("span", value, ("class", "value"));
            html.Element("span", note, ("class", "note"));
        }
    }
}
