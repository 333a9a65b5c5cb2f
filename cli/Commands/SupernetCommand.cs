using PelNas.Cli.Searching;
using PelNas.Cli.Supernets;
using PelNas.Functions;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Torch.Images;
using PelNas.Shared.Torch.Supernets;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas supernet</c>: searches with images by one of other papers' systems.</summary>
internal static class SupernetCommand
{
    private const double DefaultMinutes = 20;
    private const double MostMinutes = 100_000;

    public static Command Create()
    {
        Argument<string> name = new("NAME")
        {
            Description = $"The system: {string.Join(", ", SupernetMethods.Names)}",
            CustomParser = result => CommonOptions.OneOf(result, "NAME", SupernetMethods.Names),
        };
        Option<string> images = CommonOptions.Images();
        Option<double> minutes = NumberOptions.Positive(
            "--minutes", "Minutes of training, of processor time", "N", DefaultMinutes, MostMinutes);
        Option<int> seed = NumberOptions.Whole("--seed", "Seed of weights, halves, orders and choices", 1);
        Option<int> channels = NumberOptions.Channels(8);
        Option<int> cells = NumberOptions.Cells(1);
        Option<int> batch = NumberOptions.Whole("--batch", "Images of a step", 64, 2, 1024);
        Option<int?> side = NumberOptions.ImageSize("Pixels of a side of an image (default: as the images are)");
        Option<string> dataset = CommonOptions.Dataset("Data set whose table has the true accuracy of the cell that is found");
        Option<int> judge = NumberOptions.Whole(
            "--judge", "Cells of a fixed sample that are scored afterwards, written to scores.csv and compared with the table",
            0, 0, NasBench201.Instance.Size);
        Option<string?> output = CommonOptions.Text(
            "--output",
            "Folder for result.json, scores.csv and the checkpoint; a search that was interrupted continues there "
                + "(default: supernet/NAME-SEED)",
            "DIR");
        Option<string> tables = CommonOptions.Tables();
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "supernet",
            """
            Search with images by one of other papers' systems, from scratch or from where this was interrupted.

            Needs LibTorch.

            Example:
              pelnas supernet beta-darts --images /usr/share/datasets/fashion-mnist --minutes 20 --judge 1000
            """)
        {
            name, images, minutes, seed, channels, cells, batch, side, dataset, judge, output, tables, json,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            string system = parsed.GetValue(name)!;
            int number = parsed.GetValue(seed);
            SupernetOrder order = new(
                system,
                number,
                parsed.GetValue(minutes),
                parsed.GetValue(channels),
                parsed.GetValue(cells),
                parsed.GetValue(batch),
                Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(parsed.GetValue(images)!))));
            BenchmarkTables open = PelNasServices.OpenTables(parsed.GetValue(tables)!);
            ImageData data = TrainingOptions.Read(parsed.GetValue(images)!, parsed.GetValue(side), maxImages: null, number);
            if (data.Count < 4 * order.BatchSize)
            {
                throw new UsageException(
                    $"--batch: {order.BatchSize} is not allowed with {data.Count} images; give at most {data.Count / 4}.");
            }

            string folder = parsed.GetValue(output)
                ?? Path.Combine("supernet", $"{system}-{number.ToString(CultureInfo.InvariantCulture)}");
            OutputFolder.EnsureWritable(folder);
            SupernetVerb verb = new(open, parsed.GetValue(dataset)!, folder, parsed.GetValue(json));
            return Task.FromResult(verb.Run(order, data, parsed.GetValue(judge), cancellationToken));
        });
        return command;
    }
}
