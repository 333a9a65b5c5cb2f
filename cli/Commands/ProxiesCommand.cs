using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PelNas.Cli.Proxies;
using PelNas.Shared;
using PelNas.Shared.Scoring.ZeroCost;
using PelNas.Shared.Scoring.ZeroCost.Torch.Networks;
using PelNas.Shared.Scoring.ZeroCost.Torch.Proxies;
using PelNas.Shared.SearchSpaces;
using Spectre.Console;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas proxies</c>: scores one architecture, or all functions of the space, without training.</summary>
internal static class ProxiesCommand
{
    private static readonly NasBench201 Space = NasBench201.Instance;
    private static readonly ProxySettings Defaults = ProxyTable.SettingsOf("cifar10");

    public static Command Create()
    {
        Option<int?> index = new("--index") { Description = "Score this architecture and say why where there is no score", HelpName = "N" };
        Option<bool> all = new("--all") { Description = "Score one architecture for each function of the space; a file that was cut short is gone on with" };
        Option<string?> output = new("--output") { Description = "With --all: CSV file of the table", HelpName = "FILE" };
        Option<string> dataset = new("--dataset") { Description = "Data set whose image size and classes the network is for", HelpName = "NAME", DefaultValueFactory = _ => "cifar10" };
        Option<string?> names = new("--proxies") { Description = $"Names with commas, or 'all' (default with --all: {string.Join(',', ProxyTable.Proxies)})", HelpName = "LIST" };
        Option<int> channels = Number("--channels", $"C of the network, 1 to {NetworkShape.MaxChannels}", Defaults.Shape.Channels);
        Option<int> cells = Number("--cells", $"N of the network, 1 to {NetworkShape.MaxCells}; the benchmark trains C = 16, N = 5", Defaults.Shape.CellsPerStage);
        Option<int> batch = Number("--batch", $"Images of the batch, {ProxySettings.MinBatch} to {ProxySettings.MaxBatch}", Defaults.BatchSize);
        Option<int> seed = Number("--seed", "Seed of weights and images", Defaults.Seed);
        Option<string?> images = new("--images") { Description = "Folder of CIFAR's binary version (default: Gaussian noise)", HelpName = "DIR" };
        Option<int> workers = Number("--workers", "With --all: architectures scored at the same time; each takes the memory of a network", Environment.ProcessorCount);
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "proxies",
            "Compute zero-cost proxies: numbers of an untrained network that go with the accuracy of the trained one. Needs LibTorch.\n\n"
            + "Examples:\n"
            + "  pelnas proxies --index 6111\n"
            + "  pelnas proxies --index 6111 --channels 16 --cells 5 --batch 64\n"
            + "  pelnas proxies --all --output proxies.csv")
        {
            index, all, output, dataset, names, channels, cells, batch, seed, images, workers, json,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                bool whole = parsed.GetValue(all);
                int? one = parsed.GetValue(index);
                if (whole == one.HasValue)
                {
                    throw new UsageException("Give either --index N or --all.");
                }

                IReadOnlyList<string> proxies = ParseNames(parsed.GetValue(names), whole);
                ProxySettings settings = new()
                {
                    Shape = ParseShape(parsed.GetValue(dataset)!, parsed.GetValue(channels), parsed.GetValue(cells)),
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
                    return WriteTable(parsed.GetValue(output), settings, proxies, parsed.GetValue(workers), cancellationToken);
                }

                Show(one!.Value, settings, proxies, parsed.GetValue(json));
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }

    private static Option<int> Number(string name, string description, int fallback)
        => new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => fallback };

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
            : throw new UsageException($"--proxies: '{unknown ?? list}' is not allowed; give each of {string.Join(", ", ZeroCostProxies.Names)} at most once.");
    }

    private static NetworkShape ParseShape(string dataset, int channels, int cells)
    {
        if (dataset is not ("cifar10" or "cifar100" or "imagenet16-120"))
        {
            throw new UsageException($"--dataset: '{dataset}' is unknown; give cifar10, cifar100 or imagenet16-120.");
        }

        return channels is < 1 or > NetworkShape.MaxChannels ? throw new UsageException($"--channels: {channels} is not allowed; give 1 to {NetworkShape.MaxChannels}.")
            : cells is < 1 or > NetworkShape.MaxCells ? throw new UsageException($"--cells: {cells} is not allowed; give 1 to {NetworkShape.MaxCells}.")
            : NetworkShape.Of(dataset, channels, cells);
    }

    private static int WriteTable(string? output, ProxySettings settings, IReadOnlyList<string> proxies, int workers, CancellationToken cancellationToken)
    {
        if (output is null)
        {
            throw new UsageException("--output is missing; give the file of the table.");
        }

        if (workers is < 1 or > 64)
        {
            throw new UsageException($"--workers: {workers} is not allowed; give 1 to 64.");
        }

        try
        {
            (int before, int added) = new ProxyTableJob(Space, settings, proxies, workers).Run(output, cancellationToken);
            Console.Out.WriteLine($"{output}: {before + added} rows, {added} computed now ({settings.Version})");
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Console.Error.WriteLine("pelnas: interrupted; the same command goes on with the table.");
            return ExitCode.Interrupted;
        }
    }

    private static void Show(int index, ProxySettings settings, IReadOnlyList<string> proxies, bool asJson)
    {
        if (index < 0 || index >= Space.Size)
        {
            throw new UsageException($"--index: {index} is not allowed; give 0 to {Space.Size - 1}.");
        }

        using ProxyScorer scorer = new(settings, proxies);
        IReadOnlyList<ProxyScore> scores = scorer.Score(Space.Genotype(index));
        if (asJson)
        {
            var result = new { Index = index, Architecture = Space.Format(index), Settings = settings.Version, Scores = proxies.Zip(scores).ToDictionary(pair => pair.First, pair => pair.Second) };
            Console.Out.WriteLine(JsonSerializer.Serialize(result, PelNasJson.Indented));
            return;
        }

        Console.Out.WriteLine($"{index}  {Space.Format(index)}  ({settings.Version})");
        Table table = new Table().Border(TableBorder.Simple).AddColumns("proxy", "score");
        foreach ((string name, ProxyScore score) in proxies.Zip(scores))
        {
            table.AddRow(name, Markup.Escape(score.Value?.ToString("G7", CultureInfo.InvariantCulture) ?? $"none: {score.WhyNone}"));
        }

        Terminal.Output().Write(table);
    }
}
