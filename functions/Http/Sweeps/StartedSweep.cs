namespace PelNas.Functions.Http.Sweeps;

/// <summary>The answer to <c>POST /sweeps</c>.</summary>
/// <param name="Id">Sweep id.</param>
/// <param name="StatusUrl">Where the sweep can be watched, relative to this host.</param>
public sealed record StartedSweep(string Id, string StatusUrl);
