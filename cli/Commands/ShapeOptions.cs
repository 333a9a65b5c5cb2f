using System.CommandLine;
using PelNas.Shared.Tables;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Cli.Commands;

/// <summary>Options for the size of a network: those of a data set that is known, or each by itself.</summary>
internal sealed class ShapeOptions
{
    private readonly Option<string?> _dataset = new("--dataset") { Description = "Data set whose image size and classes the network is for", HelpName = "NAME" };
    private readonly Option<int?>[] _sizes;
    private readonly (string Name, int Least, int Most)[] _ranges =
    [
        ("--channels", 1, NetworkShape.MaxChannels), ("--cells", 1, NetworkShape.MaxCells),
        ("--image-size", NetworkShape.MinResolution, NetworkShape.MaxResolution), ("--classes", 2, NetworkShape.MaxClasses), ("--image-channels", 1, 3),
    ];

    private readonly NetworkShape _defaults;

    public ShapeOptions(NetworkShape defaults)
    {
        _defaults = defaults;
        _sizes =
        [
            Size(0, $"C of the network (default {defaults.Channels})"),
            Size(1, $"N of the network (default {defaults.CellsPerStage}); the benchmark trains C = 16, N = 5"),
            Size(2, $"Pixels of a side of an image (default: the data set's, else {defaults.Resolution})"),
            Size(3, $"Number of classes (default: the data set's, else {defaults.Classes})"),
            Size(4, "Channels of an image (default 3)"),
        ];
    }

    public void AddTo(Command command)
    {
        command.Add(_dataset);
        foreach (Option<int?> size in _sizes)
        {
            command.Add(size);
        }
    }

    /// <summary>The size that is asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="known">What counts where nothing is given; null for the defaults.</param>
    public NetworkShape Parse(ParseResult parsed, NetworkShape? known = null)
    {
        NetworkShape shape = known ?? _defaults;
        if (parsed.GetValue(_dataset) is { } dataset)
        {
            if (!DatasetShape.Known.Contains(dataset))
            {
                throw new UsageException($"--dataset: '{dataset}' is unknown; give one of {string.Join(", ", DatasetShape.Known)}, or --image-size and --classes.");
            }

            DatasetShape ofDataset = DatasetShape.Of(dataset);
            shape = shape with { Resolution = ofDataset.Resolution, Classes = ofDataset.Classes };
        }

        int?[] given = [.. _sizes.Select(parsed.GetValue)];
        for (int i = 0; i < given.Length; i++)
        {
            if (given[i] < _ranges[i].Least || given[i] > _ranges[i].Most)
            {
                throw new UsageException($"{_ranges[i].Name}: {given[i]} is not allowed; give {Range(i)}.");
            }
        }

        return new NetworkShape(
            given[0] ?? shape.Channels, given[1] ?? shape.CellsPerStage, given[2] ?? shape.Resolution, given[3] ?? shape.Classes, given[4] ?? shape.ImageChannels);
    }

    private Option<int?> Size(int i, string description) => NumberOptions.OptionalWhole(_ranges[i].Name, description, Range(i));

    private string Range(int i) => $"{_ranges[i].Least} to {_ranges[i].Most}";
}
