using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PelNas.Shared.Records;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Sweeps;

/// <summary>
/// Whether two sweeps of a context may be compared: with another budget, table or proposer a front is no better and no worse, it is
/// another.
/// </summary>
public static class SweepLikeness
{
    /// <summary>What the earlier sweep of a context did otherwise, to stand behind its id, or null.</summary>
    public static string? Difference(SweepRequest request, SweepContext context, SweepRequest earlierRequest, SweepContext earlier)
    {
        string[] differences =
        [
            .. Differ("labels", earlierRequest.MaxLabels, request.MaxLabels),
            .. Differ("generations", earlierRequest.Generations, request.Generations),
            .. Differ(
                "seeds", string.Join(',', earlierRequest.Seeds.Distinct().Order()), string.Join(',', request.Seeds.Distinct().Order())),
            .. Differ("labels from", earlierRequest.LabelsFrom, request.LabelsFrom),
            .. Differ("proposer", earlier.Proposer, context.Proposer),
            .. earlier.Tables == context.Tables ? Array.Empty<string>() : ["other accuracies or latencies in its tables"],
        ];
        return differences.Length > 0 ? $"had {string.Join(", ", differences)}" : null;
    }

    /// <summary>A digest of all numbers that a context is searched and judged on: of the space, its accuracies and its latencies.</summary>
    public static string DigestOf(BenchmarkContext context, string labelsFrom)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(context.LatencyMs.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(context.Labels(labelsFrom).AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(context.TestAccuracy.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private static IEnumerable<string> Differ<T>(string name, T before, T now)
        => Equals(before, now) ? [] : [$"{name} {before}, not {now}"];
}
