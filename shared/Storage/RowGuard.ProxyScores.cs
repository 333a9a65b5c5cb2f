using PelNas.Shared.Records;

namespace PelNas.Shared.Storage;

internal static partial class RowGuard
{
    public static void Check(string version, IReadOnlyCollection<ProxyScoreRow> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        CheckFunctions(version, [.. scores.Select(score => score.FunctionId)]);
        if (scores.DistinctBy(score => score.FunctionId).Count() < scores.Count)
        {
            throw new ArgumentException("A function must not have two scores.", nameof(scores));
        }

        foreach (ProxyScoreRow score in scores)
        {
            StoreGuard.Finite(score.Nwot, "score.nwot");
            StoreGuard.Finite(score.Synflow, "score.synflow");
        }
    }

    public static void CheckFunctions(string version, IReadOnlyCollection<int> functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        StoreGuard.Key(version, nameof(version));
        foreach (int function in functions)
        {
            StoreGuard.NotNegative(function, "functionId");
        }
    }
}
