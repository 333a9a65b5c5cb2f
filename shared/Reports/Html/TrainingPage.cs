using System.Xml.Linq;
using PelNas.Shared.Torch.Training;

namespace PelNas.Shared.Reports.Html;

/// <summary>The course of a training as one HTML file.</summary>
public static class TrainingPage
{
    private static readonly PlotFrame Frame = new(520, 280, 78, 18, 14, 48);

    /// <summary>Makes the page.</summary>
    /// <param name="epochs">Its epochs, one at least.</param>
    public static string Render(string architecture, IReadOnlyList<TrainedEpoch> epochs)
    {
        TrainedEpoch best = epochs.MaxBy(epoch => epoch.Accuracy)!;
        return ReportPage.Render(
            "Training – PEL-NAS",
            new XElement("h1", "Training"),
            new XElement("p", architecture),
            new XElement(
                "p",
                $"Validation accuracy {epochs[^1].Accuracy:F2} % after {epochs.Count} epochs; best {best.Accuracy:F2} % after epoch "
                    + $"{best.Number}."),
            Curve("validation accuracy, %", [.. epochs.Select(epoch => (epoch.Number, epoch.Accuracy))]),
            Curve("loss", [.. epochs.Select(epoch => (epoch.Number, epoch.Loss))]));
    }

    /// <summary>One value by epoch, as a line with a mark at each.</summary>
    private static XElement Curve(string name, IReadOnlyList<(int Epoch, double Value)> values)
    {
        AxisScale x = AxisScale.Over(
            [.. values.Select(value => (double)value.Epoch)], Math.Min(10, Math.Max(1, values.Count - 1)), Frame.X0 + 8, Frame.X1 - 8);
        AxisScale y = AxisScale.Over([.. values.Select(value => value.Value)], 5, Frame.Y0, Frame.Y1);
        string line = PlotFrame.Path(values.Select(value => (x.Map(value.Epoch), y.Map(value.Value))));
        string label =
            $"Line chart of the {name} by epoch, {values[0].Value:F4} at first and {values[^1].Value:F4} after epoch {values[^1].Epoch}.";
        return new XElement("figure", Frame.Draw(
            label, x, y, "epoch", name, [PlotFrame.Shape("path", ("class", "found"), ("d", line)), .. values.Select(Mark)]));

        XElement Mark((int Epoch, double Value) at)
        {
            XElement mark = PlotFrame.Shape("circle", ("class", "mark"), ("cx", x.Map(at.Epoch)), ("cy", y.Map(at.Value)), ("r", "4"));
            mark.Add(new XElement("title", $"epoch {at.Epoch}: {at.Value:F4}"));
            return mark;
        }
    }
}
