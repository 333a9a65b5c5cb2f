using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;


namespace PelNas.Shared.Tests.Tables;

/// <summary>Contexts small enough to compute by hand: the architectures named, and the last one again for all the others.</summary>
internal static class SmallContext
{
    public static BenchmarkContext Of(params (double Accuracy, double LatencyMs)[] architectures)
    {
        (double Accuracy, double LatencyMs)[] all = [.. Enumerable.Range(0, NasBench201.Instance.Size).Select(index => architectures[Math.Min(index, architectures.Length - 1)])];
        return new("made-up", "device", NasBench201.Instance, [.. all.Select(row => row.Accuracy)], [.. all.Select(row => row.LatencyMs)]);
    }
}
