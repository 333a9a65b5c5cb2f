namespace PelNas.Shared.Llm.Recording;

/// <summary>A recording cannot be read or written.</summary>
public sealed class RecordingException(string file, string problem, Exception? cause = null)
    : Exception($"The recording '{file}' {problem}. Give another file.", cause);
