namespace PelNas.Shared.Comparison;

/// <summary>A file of a benchmark cannot be continued. The message says which and what to do.</summary>
public sealed class BenchmarkFileException(string message, Exception? inner = null) : Exception(message, inner);
