namespace PelNas.Shared.Reports;

/// <summary>A result file or its folder cannot be written. The message names the path, the reason and the fix.</summary>
public sealed class ResultFileException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The folder or the file.</param>
    /// <param name="innerException">What the system said.</param>
    public ResultFileException(string path, Exception innerException)
        : base($"Cannot write '{path}': {innerException.Message} Choose another output folder, or make this one writable.", innerException)
            =>
            Path = path;

    /// <summary>The folder or the file.</summary>
    public string Path { get; }
}
