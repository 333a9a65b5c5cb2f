using PelNas.Shared.Records;


namespace PelNas.Shared.Reports.Html;

/// <summary>Each partition with its rule, its numbers and the heuristics it ended with.</summary>
internal static class PartitionSection
{
    public static void Write(MarkupWriter html, SearchResult result, RunContent content)
    {
        using (html.Open("section", ("aria-labelledby", "partitions")))
        {
            html.Element("h2", "Partitions and their heuristics", ("id", "partitions"));
            using (html.Open("div", ("class", "partitions")))
            {
                foreach ((PartitionSummary summary, PartitionContent partition) in result.Partitions.Zip(content.Partitions))
                {
                    Card(html, summary, partition);
                }
            }
        }
    }

    private static void Card(MarkupWriter html, PartitionSummary summary, PartitionContent partition)
    {
        using (html.Open("article", ("class", PartitionMarker.Class(summary.Id))))
        {
            using (html.Open("h3"))
            {
                PartitionMarker.WriteSwatch(html, summary.Id);
                html.Text($"Partition {summary.Id}");
            }

            html.Element("p", ReportText.Cap(summary.Rule), ("class", "rule"));
            using (html.Open("dl", ("class", "counts")))
            {
                Count(html, "architectures", summary.Size);
                Count(html, "evaluated", summary.Evaluated);
                Count(html, "in archive", summary.Archive);
            }

            if (partition.Heuristics is { Rules.Count: > 0 } heuristics)
            {
                using (html.Open("ul", ("class", "heuristics")))
                {
                    foreach (Heuristic rule in heuristics.Rules)
                    {
                        Rule(html, rule);
                    }
                }

                html.Element("p", $"as rewritten in generation {heuristics.Generation}", ("class", "written"));
            }
            else
            {
                html.Element("p", "No heuristics were written.", ("class", "none"));
            }
        }
    }

    private static void Rule(MarkupWriter html, Heuristic rule)
    {
        bool negative = rule.Kind == "negative";
        using (html.Open("li", ("class", negative ? "negative" : "positive")))
        {
            html.Element("span", negative ? "avoid" : "prefer", ("class", "kind"));
            using (html.Open("div"))
            {
                using (html.Open("p"))
                {
                    html.Element("bdi", ReportText.Cap(rule.Text));
                }

                using (html.Open("p", ("class", "evidence")))
                {
                    html.Element("span", $"confidence {ReportText.Fixed(rule.Confidence, 2)}", ("class", "confidence"));
                    Chip(html, rule.Edge);
                    Chip(html, rule.Operation);
                    html.Element("bdi", ReportText.Cap(rule.Evidence));
                }
            }
        }
    }

    private static void Chip(MarkupWriter html, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            html.Element("code", ReportText.Cap(text, 40));
        }
    }

    private static void Count(MarkupWriter html, string name, int value)
    {
        using (html.Open("div"))
        {
            html.Element("dt", name);
            html.Element("dd", ReportText.Whole(value));
        }
    }
}
