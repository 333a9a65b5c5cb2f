namespace PelNas.Shared.Records;

/// <summary>
/// A run was written to that was deleted. Nothing of the write is kept. Trying again does not help: an activity that gets this came too late.
/// </summary>
public sealed class RunDeletedException(string runId)
    : Exception($"The run '{runId}' was deleted, and nothing more is written of it. Start a new search, or import the run to have it back.")
{
    /// <summary>The run.</summary>
    public string RunId { get; } = runId;
}
