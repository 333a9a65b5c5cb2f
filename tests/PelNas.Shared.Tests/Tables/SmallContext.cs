namespace PelNas.Shared.Tests.Tables;

/// <summary>Contexts small enough to compute by hand: the architectures named, and the last one again for all the others.</summary>
internal static class SmallContext
{
    /// <summary>Validation and test accuracies that differ, and latencies, NaN where the device cannot run the architecture.</summary>
    public static BenchmarkContext Of((double Validation, double Test)[] accuracies, double[] latenciesMs)
    {
        return new("cifar10", DatasetShape.Of("cifar10"), "device", NasBench201.Instance, All(latenciesMs, value => value),
            (All(accuracies, row => row.Validation), All(accuracies, row => row.Test)));

        static ImmutableArray<double> All<T>(T[] rows, Func<T, double> value)
            => [.. Enumerable.Range(0, NasBench201.Instance.Size).Select(index => value(rows[Math.Min(index, rows.Length - 1)]))];
    }

    public static BenchmarkContext Of(params (double Accuracy, double LatencyMs)[] architectures)
        => Of([.. architectures.Select(row => (row.Accuracy, row.Accuracy))], [.. architectures.Select(row => row.LatencyMs)]);
}
