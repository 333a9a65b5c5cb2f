using System.Globalization;
using PelNas.Shared.Chat.Offline;

namespace PelNas.Shared.Reports.Html;

/// <summary>What was searched for, by whom and when.</summary>
internal static class HeaderSection
{
    public static void Write(MarkupWriter html, SearchResult result)
    {
        using (html.Open("header"))
        {
            html.Element("p", "PEL-NAS search report", ("class", "eyebrow"));
            using (html.Open("h1"))
            {
                html.Text($"{ReportText.Cap(result.Dataset, 60)} on {ReportText.Cap(result.Device, 60)}");
            }

            html.Element("p", result.RunId, ("class", "run"));
            if (result.Proposer == OfflineChatClient.ProviderName)
            {
                using (html.Open("p", ("class", "notice"), ("role", "note")))
                {
                    html.Element("strong", "Offline proposer.");
                    html.Text(" A rule-based stand-in proposed these architectures and wrote the heuristics below. No language model was asked.");
                }
            }

            using (html.Open("dl", ("class", "facts")))
            {
                Fact(html, "Proposer", result.Proposer);
                Fact(html, "Predictor", result.Predictor);
                if (result.LastCrossValidation() is { } validation)
                {
                    Fact(html, "Cross-validation", validation.Describe());
                }

                Fact(html, "Strategy", result.Strategy);
                Fact(html, "Partition scheme", result.PartitionScheme);
                if (result.Limits is { } limits)
                {
                    Fact(html, "Limits", limits.Describe());
                }

                Fact(html, "Seed", result.Seed.ToString(CultureInfo.InvariantCulture));
                Fact(html, "Stop reason", result.StopReason ?? "still running");
                Fact(html, "Started", ReportText.Time(result.StartedAt));
                Fact(html, "Duration", result.FinishedAt is { } end ? Duration(end - result.StartedAt) : "still running");
            }
        }
    }

    private static void Fact(MarkupWriter html, string name, string value)
    {
        using (html.Open("div"))
        {
            html.Element("dt", name);
            html.Element("dd", ReportText.Cap(value, 240));
        }
    }

    private static string Duration(TimeSpan time) => time switch
    {
        { TotalMinutes: < 1 } => $"{ReportText.Fixed(time.TotalSeconds, 1)} s",
        { TotalHours: < 1 } => $"{time.Minutes} min {time.Seconds} s",
        _ => $"{(int)time.TotalHours} h {time.Minutes} min",
    };
}
