namespace PelNas.Shared.Records;

/// <summary>What the watchdog found when it last looked. The store keeps the latest report only.</summary>
/// <param name="CheckedAt">When it looked, UTC.</param>
/// <param name="Stuck">Searches, and sweeps that do not begin, without progress for too long, the longest first.</param>
public sealed record WatchdogReport(DateTimeOffset CheckedAt, IReadOnlyList<StuckSearch> Stuck);

/// <summary>A search that makes no progress.</summary>
/// <param name="RunId">Run, or a sweep that does not begin.</param>
/// <param name="LastProgressAt">When it or one of its partitions last did something, UTC.</param>
public sealed record StuckSearch(string RunId, DateTimeOffset LastProgressAt);
