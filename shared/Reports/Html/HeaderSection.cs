using System.Globalization;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Records;

namespace PelNas.Shared.Reports.Html;

/// <summary>What was searched for, by whom and when.</summary>
internal static class HeaderSection
{
    private const int Columns = 4;

    public static void Write(MarkupWriter html, SearchResult result, RunContent content)
    {
        using (html.Open("header"))
        {
            html.Element("p", "PEL-NAS search report", ("class", "eyebrow"));
            using (html.Open("h1"))
            {
                html.Text($"{ReportText.Cap(result.Dataset, 60)} on {ReportText.Cap(result.Device, 60)}");
            }

            html.Element("p", result.RunId, ("class", "run"));
            if (result.Proposer == ChatProviders.Offline)
            {
                using (html.Open("p", ("class", "notice"), ("role", "note")))
                {
                    html.Element("strong", "Offline proposer.");
                    html.Text(" A rule-based stand-in proposed these architectures and wrote the heuristics below. No language model was asked.");
                }
            }

            if (result.ProposerWarning is { } warning)
            {
                using (html.Open("p", ("class", "notice"), ("role", "note")))
                {
                    bool hasSome = result.ProposerAnswers.CountUnusable() < result.ProposerAnswers.Answers;
                    html.Element("strong", $"The proposer contributed {(hasSome ? "less than it was asked for" : "nothing")}.");
                    html.Text($" Plain operators stood in for it: {ReportText.Cap(warning)}");
                }
            }

            (string Name, string Value)[] facts = [.. Facts(result, content)];
            // With one too many for full rows the last would stand alone.
            using (html.Open("dl", ("class", facts.Length % Columns == 1 ? "facts three" : "facts")))
            {
                foreach ((string name, string value) in facts)
                {
                    Fact(html, name, value);
                }
            }
        }
    }

    private static IEnumerable<(string Name, string Value)> Facts(SearchResult result, RunContent content)
    {
        yield return ("Proposer", result.Proposer + (result.ProposerWarning is null ? "" : Unusable(result.ProposerAnswers)));
        yield return ("Predictor", PredictorNote.Short(result.Predictor));
        if (result.LastValidated() is { CrossValidation: { } validation } last)
        {
            yield return ("Cross-validation", $"before the labels of generation {last.Generation}, {validation.Describe()}");
        }

        yield return ("Strategy", result.Strategy);
        yield return ("Partition scheme", result.PartitionScheme);
        if (result.Limits is { } limits)
        {
            yield return ("Limits", limits.Describe());
        }

        yield return ("Labels", $"{result.LabelsFrom} accuracies{(result.SawTestAccuracy ? "" : "; test accuracies were never seen")}");
        yield return ("Seed", result.Seed.ToString(CultureInfo.InvariantCulture));
        yield return ("Stop reason", StopSentence.Of(content.Run, result.Counts.Labels) ?? "still running");
        yield return ("Started", $"{ReportText.Time(result.StartedAt)}, {(result.FinishedAt is { } end ? $"took {Duration(end - result.StartedAt)}" : "still running")}");
    }

    private static string Unusable(AnswerTally answers)
        => $", {ReportText.Whole(answers.CountUnusable())} of {ReportText.Whole(answers.Answers)} answers not usable";

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
