using PelNas.Shared.Torch.Training;

namespace PelNas.Shared.Reports.Html;

/// <summary>The course of a training as one HTML file.</summary>
public static class TrainingPage
{
    /// <summary>Makes the page.</summary>
    /// <param name="epochs">Its epochs, one at least.</param>
    public static string Render(string architecture, IReadOnlyList<TrainedEpoch> epochs)
    {
        return ReportPage.Render("Training – PEL-NAS", html =>
        {
            TrainedEpoch best = epochs.MaxBy(epoch => epoch.Accuracy)!;
            html.Element("h1", "Training");
            html.Element("p", architecture);
            html.Element(
                "p",
                $"Validation accuracy {ReportText.Fixed(epochs[^1].Accuracy, 2)} % after {epochs.Count} epochs; best "
                    + $"{ReportText.Fixed(best.Accuracy, 2)} % after epoch {best.Number}.");
            LineChart.Write(html, "validation accuracy, %", [.. epochs.Select(epoch => (epoch.Number, epoch.Accuracy))], "epoch");
            LineChart.Write(html, "loss", [.. epochs.Select(epoch => (epoch.Number, epoch.Loss))], "epoch");
        });
    }
}
