namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Names of the tables, before the prefix that keeps several installations in one account apart.</summary>
internal static class TableNames
{
    public const string Runs = "Runs";
    public const string Candidates = "Candidates";
    public const string Rounds = "Rounds";
    public const string Heuristics = "Heuristics";
    public const string Priors = "Priors";
    public const string Fronts = "Fronts";
    public const string Budget = "Budget";
    public const string LlmCache = "LlmCache";
    public const string Claims = "Claims";
    public const string DeviceTables = "DeviceTables";
    public const string Sweeps = "Sweeps";
    public const string Reports = "Reports";
    public const string ProxyScores = "ProxyScores";
    public const string Tombstones = "Tombstones";

    /// <summary>The blob container for what outgrows an entity.</summary>
    public const string Container = "pelnas";

    /// <summary>Every table.</summary>
    public static IReadOnlyList<string> All { get; } = [Runs, Candidates, Rounds, Heuristics, Priors, Fronts, Budget, LlmCache, Claims, DeviceTables, Sweeps, Reports, ProxyScores, Tombstones];
}
