using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Shared.Export;

/// <summary>A cell of NAS-Bench-201 with the size of the network around it.</summary>
public sealed class ExportedCell
{
    /// <summary>Takes a cell.</summary>
    /// <param name="index">Index in NAS-Bench-201.</param>
    /// <param name="shape">C, N, resolution, classes and channels of an image.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is not of the space.</exception>
    public ExportedCell(int index, NetworkShape shape)
    {
        ReadOnlySpan<byte> genotype = NasBench201.Instance.Genotype(index);
        Index = index;
        Architecture = NasBench201.Instance.Format(index);
        Shape = shape;
        Operations = [.. genotype.ToArray().Select(operation => (NasBench201Operation)operation)];
        Layout = new NetworkLayout(genotype, shape);
    }

    /// <summary>Index in NAS-Bench-201.</summary>
    public int Index { get; }

    /// <summary>The published notation.</summary>
    public string Architecture { get; }

    /// <summary>C, N, resolution, classes and channels of an image.</summary>
    public NetworkShape Shape { get; }

    /// <summary>Names and shapes of the network's tensors.</summary>
    public NetworkLayout Layout { get; }

    /// <summary>Operations of the six edges, in the order of the notation.</summary>
    public IReadOnlyList<NasBench201Operation> Operations { get; }

    /// <summary>The sizes that a file's metadata state, or null where they state none.</summary>
    public static NetworkShape? ShapeOf(IReadOnlyDictionary<string, string> metadata)
    {
        int?[] sizes = [Size("channels"), Size("cellsPerStage"), Size("imageSize"), Size("classes"), Size("imageChannels")];
        return sizes is [{ } channels, { } cells, { } resolution, { } classes, { } imageChannels]
            ? new NetworkShape(channels, cells, resolution, classes, imageChannels)
            : null;

        int? Size(string name)
            => metadata.TryGetValue(name, out string? text) && int.TryParse(text, CultureInfo.InvariantCulture, out int size) && size > 0
                ? size
                : null;
    }

    /// <summary>What goes along in a file, so that it says what it is.</summary>
    public IReadOnlyDictionary<string, string> Metadata => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["architecture"] = Architecture,
        ["cellsPerStage"] = Shape.CellsPerStage.ToString(CultureInfo.InvariantCulture),
        ["channels"] = Shape.Channels.ToString(CultureInfo.InvariantCulture),
        ["classes"] = Shape.Classes.ToString(CultureInfo.InvariantCulture),
        ["imageChannels"] = Shape.ImageChannels.ToString(CultureInfo.InvariantCulture),
        ["imageSize"] = Shape.Resolution.ToString(CultureInfo.InvariantCulture),
        ["index"] = Index.ToString(CultureInfo.InvariantCulture),
        ["space"] = NasBench201.Instance.Name,
    };
}
