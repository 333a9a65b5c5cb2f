using System.Globalization;
using MathNet.Numerics.Statistics;

namespace PelNas.Bench.ZeroCost;

/// <summary>Spearman correlations over the architectures that have both numbers.</summary>
internal static class Agreement
{
    // With fewer it says nothing.
    private const int Fewest = 20;

    public static string Of(IReadOnlyDictionary<int, double?> left, IReadOnlyDictionary<int, double?> right)
    {
        (double Left, double Right)[] both =
        [
            .. left.Where(pair => pair.Value is not null && right.GetValueOrDefault(pair.Key) is not null)
                .OrderBy(pair => pair.Key)
                .Select(pair => (pair.Value!.Value, right[pair.Key]!.Value)),
        ];
        return both.Length < Fewest
            ? ""
            : Correlation.Spearman(both.Select(pair => pair.Left), both.Select(pair => pair.Right))
                .ToString(".000", CultureInfo.InvariantCulture);
    }
}
