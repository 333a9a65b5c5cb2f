using PelNas.Cli.Searching;
using PelNas.Cli.Supernets;
using PelNas.Functions;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Torch.Images;
using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Supernets;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas supernet</c>: searches with images by one of other papers' systems.</summary>
internal static class SupernetCommand
{
    private const double DefaultMinutes = 20;
    private const double MostMinutes = 100_000;

    public static Command Create()
    {
        Argument<string> name = new("NAME") { Description = $"The system: {string.Join(", ", SupernetMethods.Names)}" };
        Option<string> images = new("--images")
        {
            Description = "Folder of images: idx files (MNIST family), CIFAR's binary files, or a folder of images for each class",
            HelpName = "DIR",
            Required = true,
        };
        Option<double?> minutes = NumberOptions.Optional(
            "--minutes", $"Minutes of training, of processor time (default {DefaultMinutes.ToString(CultureInfo.InvariantCulture)})",
            "N", "a number over 0");
        Option<int> seed = NumberOptions.Whole("--seed", "Seed of weights, halves, orders and choices", 1);
        Option<int> channels = NumberOptions.Whole("--channels", "C of the network", 8, 1, NetworkShape.MaxChannels);
        Option<int> cells = NumberOptions.Whole(
            "--cells", "N of the network; the benchmark trains C = 16, N = 5", 1, 1, NetworkShape.MaxCells);
        Option<int> batch = NumberOptions.Whole("--batch", "Images of a step", 64, 2, 1024);
        Option<int?> side = NumberOptions.OptionalWhole(
            "--image-size", "Pixels of a side of an image (default: as the images are)", NetworkShape.MinResolution,
            NetworkShape.MaxResolution);
        Option<string> dataset = new("--dataset")
        {
            Description = "Data set whose table has the true accuracy of the cell that is found",
            HelpName = "NAME",
            DefaultValueFactory = _ => DatasetShape.Known[0],
        };
        Option<int> judge = NumberOptions.Whole(
            "--judge", "Cells of a fixed sample that are scored afterwards, written to scores.csv and compared with the table",
            0, 0, NasBench201.Instance.Size);
        Option<string?> output = new("--output")
        {
            Description =
                "Folder for result.json, scores.csv and the checkpoint; a search that was interrupted continues there (default: "
                    + "supernet/NAME-SEED)",
            HelpName = "DIR",
        };
        Option<string> tables = CommonOptions.Tables();
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "supernet",
            "Search with images by one of other papers' systems, from scratch or from where this was interrupted. Needs LibTorch.\n\n"
            + "Example:\n"
            + "  pelnas supernet beta-darts --images /usr/share/datasets/fashion-mnist --minutes 20 --judge 1000")
        {
            name, images, minutes, seed, channels, cells, batch, side, dataset, judge, output, tables, json,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                string system = parsed.GetValue(name)!.ToLowerInvariant();
                if (!SupernetMethods.Names.Contains(system))
                {
                    throw new UsageException($"NAME: {NearMiss.Unknown(system, SupernetMethods.Names)}.");
                }

                string accuracies = CommonOptions.KnownDataset(parsed.GetValue(dataset)!);
                double time = parsed.GetValue(minutes) ?? DefaultMinutes;
                int? size = parsed.GetValue(side);
                int number = parsed.GetValue(seed);
                SupernetOrder order = new(
                    system,
                    number,
                    time > 0 && time <= MostMinutes
                        ? time
                        : throw new UsageException(
                            $"--minutes: {time.ToString(CultureInfo.InvariantCulture)} is not allowed; give a number over 0 and up to "
                                + $"{MostMinutes}."),
                    parsed.GetValue(channels),
                    parsed.GetValue(cells),
                    parsed.GetValue(batch),
                    Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(parsed.GetValue(images)!))));
                BenchmarkTables open = PelNasServices.OpenTables(parsed.GetValue(tables)!);
                int judged = parsed.GetValue(judge);
                ImageData data = TrainingOptions.Read(parsed.GetValue(images)!, size, maxImages: null, number);
                if (data.Count < 4 * order.BatchSize)
                {
                    throw new UsageException(
                        $"--batch: {order.BatchSize} is not allowed with {data.Count} images; give at most {data.Count / 4}.");
                }

                string folder = parsed.GetValue(output)
                    ?? Path.Combine("supernet", $"{system}-{number.ToString(CultureInfo.InvariantCulture)}");
                OutputFolder.EnsureWritable(folder);
                return new SupernetVerb(open, accuracies, folder, parsed.GetValue(json)).Run(order, data, judged, cancellationToken);
            },
            cancellationToken));
        return command;
    }
}
