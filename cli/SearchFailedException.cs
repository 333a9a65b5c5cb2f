namespace PelNas.Cli;

/// <summary>A search ended without a result. The message says why and what to do.</summary>
internal sealed class SearchFailedException(string message) : Exception(message);
