namespace PelNas.Functions.Http.Sweeps;

/// <summary>The answer to <c>GET /sweeps</c>: a page of sweeps, the latest date first.</summary>
/// <param name="Sweeps">The sweeps.</param>
/// <param name="Continuation">Token of the next page; null after the last.</param>
public sealed record SweepList(IReadOnlyList<SweepView> Sweeps, string? Continuation);
