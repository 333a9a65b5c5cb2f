using PelNas.Cli.Proxies;
using PelNas.Shared.Predictor;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Proxies;
using Spectre.Console;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas proxies</c>: scores one architecture, or all functions of the space, without training.</summary>
internal static class ProxiesCommand
{
    private const int MostWorkers = 64;
    private const long Megabyte = 1_000_000;

    private static readonly NasBench201 Space = NasBench201.Instance;
    private static readonly ProxySettings Defaults = ProxyTable.Shipped;
    private static readonly string IndexRange = $"0 to {Space.Size - 1}";
    private static readonly string BatchRange = $"{ProxySettings.MinBatch} to {ProxySettings.MaxBatch}";

    public static Command Create()
    {
        Option<string?> index = CommonOptions.Text(
            "--index", $"Score this architecture and say why where there is no score: {IndexRange}, or the cell in quotes", "CELL");
        Option<bool> all = CommonOptions.Flag(
            "--all", "Score one architecture for each function of the space; a file that was cut short is continued");
        Option<string?> output = CommonOptions.Text("--output", "With --all: CSV file of the table", "FILE");
        Option<string> dataset = CommonOptions.Dataset("Data set whose image size and classes the network is for");
        Option<string?> names = CommonOptions.Text(
            "--proxies", $"Names with commas, or 'all' (default with --all: {string.Join(',', ProxyTable.Proxies)})", "LIST");
        Option<int> channels = NumberOptions.Channels(Defaults.Shape.Channels);
        Option<int> cells = NumberOptions.Cells(Defaults.Shape.CellsPerStage);
        Option<int> batch = NumberOptions.Whole(
            "--batch", $"Images of the batch, {BatchRange}", Defaults.BatchSize, ProxySettings.MinBatch, ProxySettings.MaxBatch);
        Option<int> seed = NumberOptions.Whole("--seed", "Seed of weights and images", Defaults.Seed);
        Option<string?> images = CommonOptions.Text(
            "--images",
            "Folder of images: idx files (MNIST family), CIFAR's binary files, or a folder of images for each class "
                + "(default: Gaussian noise)",
            "DIR");
        Option<int> workers = NumberOptions.Workers(
            "With --all: architectures scored at the same time, as far as the memory that each takes is there", MostWorkers);
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "proxies",
            """
            Compute zero-cost proxies: numbers of an untrained network that go with the accuracy of the trained one.

            Needs LibTorch.

            Examples:
              pelnas proxies --index 6111
              pelnas proxies --index 6111 --channels 16 --cells 5 --batch 64
              pelnas proxies --all --output proxies.csv
            """)
        {
            index, all, output, dataset, names, channels, cells, batch, seed, images, workers, json,
        };
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            bool whole = parsed.GetValue(all);
            string? one = parsed.GetValue(index);
            if (whole == one is not null)
            {
                throw new UsageException("Give either --index N or --all.");
            }

            // What belongs to the other form of the command would be passed over in silence.
            if (parsed.FirstGiven(whole ? [json] : [output, workers]) is { } stray)
            {
                throw new UsageException(whole
                    ? $"{stray.Name} goes with --index only; leave it out, or give --index N instead of --all."
                    : $"{stray.Name} goes with --all only; leave it out, or give --all instead of --index.");
            }

            IReadOnlyList<string> proxies = ParseNames(parsed.GetValue(names), whole);
            ProxySettings settings = new()
            {
                Shape = NetworkShape.Of(parsed.GetValue(dataset)!, parsed.GetValue(channels), parsed.GetValue(cells)),
                BatchSize = parsed.GetValue(batch),
                Seed = parsed.GetValue(seed),
                Images = parsed.GetValue(images),
            };
            if (settings.WhyNot() is { } reason)
            {
                throw new UsageException($"--{reason}.");
            }

            if (whole)
            {
                return await WriteTableAsync(parsed.GetValue(output), settings, proxies, parsed.GetValue(workers), cancellationToken);
            }

            Show(one!, settings, proxies, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static IReadOnlyList<string> ParseNames(string? list, bool whole)
    {
        if (list is null or "all")
        {
            return list is null && whole ? ProxyTable.Proxies : ZeroCostProxies.Names;
        }

        string[] given = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string? unknown = given.FirstOrDefault(name => !ZeroCostProxies.Names.Contains(name));
        return unknown is null && given.Length > 0 && given.Distinct().Count() == given.Length
            ? given
            : throw new UsageException(
                $"--proxies: '{unknown ?? list}' is not allowed; give each of {string.Join(", ", ZeroCostProxies.Names)} at most once.");
    }

    private static async Task<int> WriteTableAsync(
        string? output, ProxySettings settings, IReadOnlyList<string> proxies, int workers, CancellationToken cancellationToken)
    {
        if (output is null)
        {
            throw new UsageException("--output is missing; give the file of the table.");
        }

        try
        {
            workers = Affordable(workers, settings, proxies);
            (int before, int added) = await new ProxyTableJob(Space, settings, proxies, workers)
                .RunAsync(output, cancellationToken);
            Console.Out.WriteLine($"{output}: {before + added} rows, {added} computed now ({settings.Version})");
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Interruption.Tell("the same command continues the table");
        }
    }

    /// <summary>As many of the workers as the memory holds; fewer are said.</summary>
    private static int Affordable(int workers, ProxySettings settings, IReadOnlyList<string> proxies)
    {
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        int affordable = ProxyMemory.Workers(workers, settings, proxies, available);
        if (affordable < workers)
        {
            long each = ProxyMemory.OfWorker(settings, proxies) / Megabyte;
            Console.Error.WriteLine(
                $"pelnas: {affordable} of {workers} workers: each takes up to {each} MB with these settings, and this process may take "
                    + $"{available / Megabyte} MB. Smaller --channels, --cells or --batch leave room for more.");
        }

        return affordable;
    }

    private static void Show(string cell, ProxySettings settings, IReadOnlyList<string> proxies, bool asJson)
    {
        if (!CellText.TryRead(Space, cell, out int index, out string? error))
        {
            throw new UsageException($"--index: {error}");
        }

        using ProxyScorer scorer = new(settings, proxies);
        IReadOnlyList<ProxyScore> scores = scorer.Score(Space.Genotype(index));
        string architecture = Space.Format(index);
        Dictionary<string, ProxyScore> named = proxies.Zip(scores).ToDictionary(pair => pair.First, pair => pair.Second);
        Verbs.Write(asJson, new { index, architecture, Settings = settings.Version, Scores = named }, () =>
        {
            Console.Out.WriteLine($"{index}  {architecture}  ({settings.Version})");
            FittedTable table = new(Terminal.Columns());
            table.Add("proxy", 0, proxies, isText: true);
            table.Add("score", 0, scores.Select(Text), isText: true);
            table.Write(Terminal.Output());
        });
    }

    private static string Text(ProxyScore score)
        => score.Value?.ToString("G7", CultureInfo.InvariantCulture) ?? $"none: {score.WhyNone}";
}
