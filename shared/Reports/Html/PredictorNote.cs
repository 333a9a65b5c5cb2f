using PelNas.Shared.Predictor;


namespace PelNas.Shared.Reports.Html;

/// <summary>The predictor's name for a reader: short at the head of the report, and in full with its settings in words at the end.</summary>
internal static class PredictorNote
{
    /// <summary>The name without the settings that stand in brackets in it.</summary>
    public static string Short(string predictor) =>
        predictor.StartsWith(AccuracyPredictor.ShortName, StringComparison.Ordinal) && predictor.IndexOf(" (", StringComparison.Ordinal) is > 0 and var at
            ? predictor[..at]
            : predictor;

    /// <summary>Writes the name in full, where that says more than the short one.</summary>
    public static void Write(MarkupWriter html, string predictor)
    {
        if (Short(predictor) == predictor)
        {
            return;
        }

        using (html.Open("details"))
        {
            html.Element("summary", "The predictor in full");
            html.Element("p", ReportText.Cap(predictor));
            html.Element(
                "p",
                "nwot and synflow are zero-cost proxies, computed on an untrained network; params and flops its parameters and operations. The settings of that "
                + "network are one word: r, the revision of the computation; c, channels of the first stage; n, cells a stage; px, the resolution of the input; "
                + "the number of classes; b, inputs in a batch; s, the seed; and what the inputs were, noise or the hash of images.");
        }
    }
}
