using System.Reflection;
using System.Text;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Shared.Export;

/// <summary>Writes the network around a cell as a PyTorch module: one file of Python that needs PyTorch and nothing else.</summary>
public static class PyTorchModule
{
    private static readonly string Template = ReadTemplate();

    /// <summary>The text of the file.</summary>
    public static string Write(ExportedCell cell)
    {
        StringBuilder edges = new();
        for (int to = 1; to < Cell.Nodes; to++)
        {
            for (int from = 0; from < to; from++)
            {
                string operation = NasBench201.Instance.Operations[(int)cell.Operations[Cell.Edge(from, to)]];
                edges.Append(CultureInfo.InvariantCulture, $"    ({from}, {to}): \"{operation}\",\n");
            }
        }

        NetworkShape shape = cell.Shape;
        return new StringBuilder(Template)
            .Replace("$INDEX", Text(cell.Index))
            .Replace("$ARCHITECTURE", cell.Architecture)
            .Replace("    $EDGES\n", edges.ToString())
            .Replace("$CHANNELS", Text(shape.Channels))
            .Replace("$CELLS", Text(shape.CellsPerStage))
            .Replace("$IMAGE_CHANNELS", Text(shape.ImageChannels))
            .Replace("$IMAGE_SIZE", Text(shape.Resolution))
            .Replace("$CLASSES", Text(shape.Classes))
            .ToString();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string ReadTemplate()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("network.py")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
