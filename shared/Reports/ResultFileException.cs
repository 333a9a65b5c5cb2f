namespace PelNas.Shared.Reports;

/// <summary>A result file or its folder cannot be written. The message names the path, the reason and the fix.</summary>
/// <param name="path">The folder or the file.</param>
/// <param name="innerException">What the system said.</param>
public sealed class ResultFileException(string path, Exception innerException) : Exception(
    $"Cannot write '{path}': {innerException.Message} Choose another output folder, or make this one writable.", innerException);
