namespace PelNas.Shared.Records;

/// <summary>What the proxies of a search say of a function. Table <c>ProxyScores</c>, key (version of the settings, function).</summary>
/// <param name="Nwot">NASWOT, or null where it has no score.</param>
/// <param name="Synflow">The logarithm of synflow, or null where it has no score.</param>
public sealed record ProxyScoreRow(int FunctionId, double? Nwot, double? Synflow);
