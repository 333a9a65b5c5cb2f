using System.Text.Json;
using PelNas.Cli.Searching;
using PelNas.Shared.Export;
using PelNas.Shared.Reports;
using PelNas.Shared.Reports.Html;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Torch.Images;
using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Training;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas train</c>: trains the network around a cell that was found.</summary>
internal static class TrainCommand
{
    private const double MostRate = 1_000;

    private static readonly TrainingSettings Defaults = new();

    public static Command Create()
    {
        Argument<int> architecture = CommonOptions.Cell();
        Option<string> images = CommonOptions.Images();
        Option<int> epochs = NumberOptions.Whole("--epochs", "Passes over the training images", 12, 1, 1000);
        Option<int> channels = NumberOptions.Channels(16);
        Option<int> cells = NumberOptions.Cells(5);
        Option<int> batch = NumberOptions.Whole("--batch", "Images of a step", Defaults.BatchSize, 2, 1024);
        Option<double> rate = NumberOptions.Positive(
            "--learning-rate", "Learning rate of the first step", "RATE", Defaults.LearningRate, MostRate);
        Option<int?> side = NumberOptions.ImageSize("Pixels of a side of an image (default: as the images are)");
        Option<int?> maxImages = NumberOptions.OptionalWhole(
            "--max-images", "Most images, drawn by the seed (default: all)", ImageFolder.MinImages);
        Option<int> seed = NumberOptions.Whole("--seed", "Seed of the split, weights, order, crops and flips", Defaults.Seed);
        Option<string?> output = CommonOptions.Text(
            "--output",
            "Folder for best.safetensors, last.safetensors, model.onnx, curve.html and result.json (default: trained/INDEX)",
            "DIR");
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "train",
            """
            Train the network around a cell, from scratch or from where this was interrupted.

            A fifth of the images is kept to validate on. Needs LibTorch.

            Example:
              pelnas train 6111 --images /usr/share/datasets/fashion-mnist --epochs 12 --channels 8 --cells 1
            """)
        {
            architecture, images, epochs, channels, cells, batch, rate, side, maxImages, seed, output, json,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            int index = parsed.GetValue(architecture);
            TrainingSettings settings = new()
            {
                Epochs = parsed.GetValue(epochs),
                BatchSize = parsed.GetValue(batch),
                LearningRate = parsed.GetValue(rate),
                Seed = parsed.GetValue(seed),
            };
            ImageData data = TrainingOptions.Read(
                parsed.GetValue(images)!, parsed.GetValue(side), parsed.GetValue(maxImages), settings.Seed);
            NetworkShape shape = new(
                parsed.GetValue(channels), parsed.GetValue(cells), data.Side, data.Classes, data.Channels);
            string folder = parsed.GetValue(output) ?? Path.Combine("trained", index.ToString(CultureInfo.InvariantCulture));
            OutputFolder.EnsureWritable(folder);
            ExportedCell cell = new(index, shape);
            return Task.FromResult(Train(cell, data, settings, folder, parsed.GetValue(json), cancellationToken));
        });
        return command;
    }

    private static int Train(
        ExportedCell cell, ImageData data, TrainingSettings settings, string folder, bool json, CancellationToken cancellationToken)
    {
        TextWriter progress = json ? Console.Error : Console.Out;
        string checkpoint = Path.Combine(folder, "checkpoint");
        TrainedNetwork trained;
        try
        {
            trained = new CellTrainer(ImageSplit.Of(data, settings.Seed), cell.Shape, settings, TimeProvider.System).Train(
                NasBench201.Instance.Genotype(cell.Index),
                checkpoint,
                epoch => progress.WriteLine(
                    $"epoch {epoch.Number} of {settings.Epochs}: loss {epoch.Loss:0.000}, "
                        + $"validation accuracy {epoch.Accuracy:0.00} %, {epoch.Seconds:0.0} s"),
                cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Interruption.Tell("the same command continues after the last epoch");
        }

        SafetensorsFile.Write(Path.Combine(folder, "best.safetensors"), trained.Best, cell.Metadata);
        SafetensorsFile.Write(Path.Combine(folder, "last.safetensors"), trained.Last, cell.Metadata);
        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), OnnxNetwork.Write(cell, trained.Best));
        File.WriteAllText(Path.Combine(folder, "curve.html"), TrainingPage.Render(cell.Architecture, trained.Epochs));
        TrainingResult result = new(
            cell.Index, cell.Architecture, cell.Shape, settings, data.Count, trained.Accuracy, trained.Epochs.Max(epoch => epoch.Accuracy),
            trained.Seconds, trained.Epochs);
        string text = JsonSerializer.Serialize(result, PelNasJson.Indented) + "\n";
        File.WriteAllText(Path.Combine(folder, ResultFiles.ResultName), text);
        File.Delete(checkpoint);
        if (json)
        {
            Console.Out.Write(text);
        }
        else
        {
            Console.Out.WriteLine($"weights, model and curve in {folder}");
        }

        return ExitCode.Done;
    }

    /// <summary>What <c>result.json</c> says.</summary>
    private sealed record TrainingResult(
        int Index,
        string Architecture,
        NetworkShape Shape,
        TrainingSettings Settings,
        int Images,
        double Accuracy,
        double BestAccuracy,
        double Seconds,
        IReadOnlyList<TrainedEpoch> Epochs);
}
