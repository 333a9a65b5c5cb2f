namespace PelNas.Shared.Storage.Transfer;

/// <summary>A file is not an exported run that this program can read. The message names the file and the fix.</summary>
public sealed class RunArchiveException(string message, Exception? innerException = null) : Exception(message, innerException);
