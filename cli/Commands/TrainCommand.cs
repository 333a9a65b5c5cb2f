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
    private static readonly TrainingSettings Defaults = new();

    public static Command Create()
    {
        Argument<string> architecture = new("CELL")
        {
            Description = "Index of the cell, or the cell in quotes: '|op~0|+|op~0|op~1|+|op~0|op~1|op~2|'",
        };
        Option<string> images = new("--images")
        {
            Description = "Folder of images: idx files (MNIST family), CIFAR's binary files, or a folder of images for each class",
            HelpName = "DIR",
            Required = true,
        };
        Option<int> epochs = NumberOptions.Whole("--epochs", "Passes over the training images", 12, 1, 1000);
        Option<int> channels = NumberOptions.Whole("--channels", "C of the network", 16, 1, NetworkShape.MaxChannels);
        Option<int> cells = NumberOptions.Whole(
            "--cells", "N of the network; the benchmark trains C = 16, N = 5", 5, 1, NetworkShape.MaxCells);
        Option<int> batch = NumberOptions.Whole("--batch", "Images of a step", Defaults.BatchSize, 2, 1024);
        Option<double?> rate = NumberOptions.Optional(
            "--learning-rate", $"Learning rate of the first step (default {Defaults.LearningRate.ToString(CultureInfo.InvariantCulture)})",
            "RATE", "a number over 0");
        Option<int?> side = NumberOptions.OptionalWhole(
            "--image-size", "Pixels of a side of an image (default: as the images are)", NetworkShape.MinResolution,
            NetworkShape.MaxResolution);
        Option<int?> maxImages = NumberOptions.OptionalWhole(
            "--max-images", "Most images, drawn by the seed (default: all)", ImageFolder.MinImages);
        Option<int> seed = NumberOptions.Whole("--seed", "Seed of the split, weights, order, crops and flips", Defaults.Seed);
        Option<string?> output = new("--output")
        {
            Description = "Folder for best.safetensors, last.safetensors, model.onnx, curve.html and result.json (default: trained/INDEX)",
            HelpName = "DIR",
        };
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "train",
            "Train the network around a cell, from scratch or from where this was interrupted. A fifth of the images is kept to validate "
            + "on. Needs LibTorch.\n\n"
            + "Example:\n"
            + "  pelnas train 6111 --images /usr/share/datasets/fashion-mnist --epochs 12 --channels 8 --cells 1")
        {
            architecture, images, epochs, channels, cells, batch, rate, side, maxImages, seed, output, json,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                if (!CellText.TryRead(NasBench201.Instance, parsed.GetValue(architecture)!, out int index, out string? error))
                {
                    throw new UsageException($"CELL: {error}");
                }

                TrainingSettings settings = new()
                {
                    Epochs = parsed.GetValue(epochs),
                    BatchSize = parsed.GetValue(batch),
                    LearningRate = parsed.GetValue(rate) ?? Defaults.LearningRate,
                    Seed = parsed.GetValue(seed),
                };
                if (!(settings.LearningRate > 0 && double.IsFinite(settings.LearningRate)))
                {
                    throw new UsageException($"--learning-rate: {settings.LearningRate} is not allowed; give a number over 0.");
                }

                int? size = parsed.GetValue(side);
                ImageData data = TrainingOptions.Read(parsed.GetValue(images)!, size, parsed.GetValue(maxImages), settings.Seed);
                NetworkShape shape = new(
                    parsed.GetValue(channels),
                    parsed.GetValue(cells),
                    data.Side,
                    data.Classes,
                    data.Channels);
                string folder = parsed.GetValue(output) ?? Path.Combine("trained", index.ToString(CultureInfo.InvariantCulture));
                OutputFolder.EnsureWritable(folder);
                return Train(new ExportedCell(index, shape), data, settings, folder, parsed.GetValue(json), cancellationToken);
            },
            cancellationToken));
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
                    $"epoch {epoch.Number} of {settings.Epochs}: loss {epoch.Loss:0.000}, validation accuracy {epoch.Accuracy:0.00} %, "
                        + $"{epoch.Seconds:0.0} s"),
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
