namespace PelNas.Shared.Reports.Html;

/// <summary>Why proposals were refused, how often.</summary>
internal static class RejectionSection
{
    public static void Write(MarkupWriter html, RunContent content)
    {
        int accepted = content.PartitionRounds.Sum(round => round.Accepted);
        CandidateOrigins origins = CandidateOrigins.Of(content);
        (string Reason, int Count)[] reasons =
        [
            .. content.PartitionRounds
                .SelectMany(round => round.Rejected)
                .CountBy(rejected => rejected.Reason)
                .Select(reason => (reason.Key, reason.Value))
                .OrderByDescending(reason => reason.Value)
                .ThenBy(reason => reason.Key, StringComparer.Ordinal),
        ];
        int rejected = reasons.Sum(reason => reason.Count);
        using (html.Open("section", ("aria-labelledby", "proposals")))
        {
            html.Element("h2", "Proposals", ("id", "proposals"));
            using (html.Open("table", ("class", "bars")))
            {
                html.Element("caption", $"{ReportText.Whole(origins.All)} candidates: {origins.Describe()}. {ReportText.Whole(rejected)} proposals were refused.");
                using (html.Open("thead"))
                using (html.Open("tr"))
                {
                    html.Element("th", "Outcome", ("scope", "col"));
                    html.Element("th", "Count", ("scope", "col"), ("class", "number"));
                    html.Element("th", "Share", ("scope", "col"), ("class", "number"));
                    html.Element("td", "");
                }

                using (html.Open("tbody"))
                {
                    int all = Math.Max(1, accepted + rejected);
                    Row(html, "taken", accepted, all, "taken");
                    foreach ((string reason, int count) in reasons)
                    {
                        Row(html, reason, count, all, "refused");
                    }
                }
            }
        }
    }

    private static void Row(MarkupWriter html, string name, int count, int all, string style)
    {
        using (html.Open("tr"))
        {
            html.Element("th", ReportText.Cap(name, 60), ("scope", "row"));
            html.Element("td", ReportText.Whole(count), ("class", "number"));
            html.Element("td", ReportText.Percent((double)count / all), ("class", "number"));
            using (html.Open("td", ("class", "bar")))
            using (html.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", "0 0 100 8"), ("preserveAspectRatio", "none"), ("aria-hidden", "true")))
            {
                html.Empty("rect", ("class", style), ("width", ReportText.Coordinate(100.0 * count / all)), ("height", "8"));
            }
        }
    }
}
