namespace PelNas.Shared.Runs;

/// <summary>The store has no run of this id.</summary>
public sealed class RunNotFoundException(string runId)
    : Exception($"There is no run '{runId}'. The list of runs shows which there are.")
{
    /// <summary>The id asked for.</summary>
    public string RunId { get; } = runId;
}
