using PelNas.Shared.Torch.Networks;

namespace PelNas.Cli.Commands;

/// <summary>Options for the size of a network: those of a data set that is known, or each by itself.</summary>
internal sealed class ShapeOptions(NetworkShape defaults)
{
    private readonly Option<string?> _dataset = new("--dataset")
    {
        Description = "Data set whose image size and classes the network is for",
        HelpName = "NAME",
        CustomParser = result => CommonOptions.OneOf(
            result, "--dataset", DatasetShape.Known, "; for another give --image-size and --classes"),
    };

    private readonly Option<int?> _channels = NumberOptions.OptionalWhole(
        "--channels", $"C of the network (default {defaults.Channels})", 1, NetworkShape.MaxChannels);

    private readonly Option<int?> _cells = NumberOptions.OptionalWhole(
        "--cells", $"N of the network (default {defaults.CellsPerStage}); the benchmark trains C = 16, N = 5", 1, NetworkShape.MaxCells);

    private readonly Option<int?> _imageSize = NumberOptions.ImageSize(
        $"Pixels of a side of an image (default: the data set's, else {defaults.Resolution})");

    private readonly Option<int?> _classes = NumberOptions.OptionalWhole(
        "--classes", $"Number of classes (default: the data set's, else {defaults.Classes})", 2, NetworkShape.MaxClasses);

    private readonly Option<int?> _imageChannels = NumberOptions.OptionalWhole(
        "--image-channels", "Channels of an image (default 3)", 1, 3);

    public IReadOnlyList<Option> All => [_dataset, _channels, _cells, _imageSize, _classes, _imageChannels];

    /// <summary>The size that the command line gives.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="known">What counts where nothing is given; null for the defaults.</param>
    public NetworkShape Parse(ParseResult parsed, NetworkShape? known = null)
    {
        NetworkShape shape = known ?? defaults;
        if (parsed.GetValue(_dataset) is { } dataset)
        {
            DatasetShape ofDataset = DatasetShape.Of(dataset);
            shape = shape with { Resolution = ofDataset.Resolution, Classes = ofDataset.Classes };
        }

        return new NetworkShape(
            parsed.GetValue(_channels) ?? shape.Channels,
            parsed.GetValue(_cells) ?? shape.CellsPerStage,
            parsed.GetValue(_imageSize) ?? shape.Resolution,
            parsed.GetValue(_classes) ?? shape.Classes,
            parsed.GetValue(_imageChannels) ?? shape.ImageChannels);
    }
}
