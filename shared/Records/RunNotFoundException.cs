namespace PelNas.Shared.Records;

/// <summary>The store has no run of this id.</summary>
public sealed class RunNotFoundException(string runId)
    : Exception($"There is no run '{runId}'. Check its id, and that the store is the one it was started with.");
