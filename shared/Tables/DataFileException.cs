namespace PelNas.Shared.Tables;

/// <summary>A shipped data file is missing or damaged. The message names the file, what is wrong with it and the fix.</summary>
public sealed class DataFileException : Exception
{
    /// <summary>Reports a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is wrong, as a clause: "its SHA-256 is ...".</param>
    /// <param name="innerException">The cause, if another exception is.</param>
    public DataFileException(string path, string problem, Exception? innerException = null)
        : base($"Data file {path}: {problem}. Restore it from the repository (data/{System.IO.Path.GetFileName(path)}).", innerException) =>
        FilePath = path;

    /// <summary>The file.</summary>
    public string FilePath { get; }
}
