namespace PelNas.Shared.Reports.Html;

/// <summary>
/// The front by generation, in the measure of the key figures: as a share of the exact front's hypervolume, or the hypervolume itself where
/// the exact front is not known.
/// </summary>
internal static class ProgressChart
{
    public static void Write(MarkupWriter html, SearchResult result)
    {
        (int Generation, double Value)[] values =
        [
            .. result.Generations.Where(generation => generation.Hypervolume is not null).Select(generation => (generation.Generation, generation.Hypervolume!.Value)),
        ];
        if (values.Length == 0 || result.Metrics is not { HypervolumeRatio: > 0 } metrics)
        {
            LineChart.Write(html, "hypervolume", values);
            return;
        }

        double exact = metrics.Hypervolume / metrics.HypervolumeRatio;
        LineChart.Write(html, "hypervolume ratio", [.. values.Select(value => (value.Generation, value.Value / exact))]);
        html.Element(
            "p",
            $"The share of the exact front's hypervolume, which is {ReportText.Fixed(exact, 4)}. Not divided by it, the found front has {ReportText.Fixed(values[^1].Value, 4)} at the end.",
            ("class", "remark"));
    }
}
