namespace PelNas.Shared.Export;

/// <summary>Formats that a network is exported in.</summary>
public static class ExportFormats
{
    /// <summary>ONNX, for any runtime.</summary>
    public const string Onnx = "onnx";

    /// <summary>A PyTorch module in one Python file.</summary>
    public const string PyTorch = "pytorch";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Onnx, PyTorch];
}
