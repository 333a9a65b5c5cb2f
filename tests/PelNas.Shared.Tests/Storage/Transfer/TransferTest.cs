namespace PelNas.Shared.Tests.Storage.Transfer;

/// <summary>A whole run to move from the rows of the test to others.</summary>
public abstract class TransferTest : RepositoryTest
{
    protected const string RunId = StoreSamples.RunId;

    protected static readonly SpendingRow Spending = StoreSamples.Spending(partition: 0, generation: 1);

    protected static Task<RunArchive?> ExportAsync(IRowStore rows, string runId = RunId)
        => new RunExporter(new RunRepository(rows), new DeviceRepository(rows)).ExportAsync(runId, Cancellation);

    protected static Task<bool> ImportAsync(IRowStore rows, RunArchive archive)
        => new RunImporter(new RunRepository(rows), new DeviceRepository(rows)).ImportAsync(archive, Cancellation);

    protected static async Task<RunArchive> FilledAsync(IRowStore rows, string runId = RunId)
    {
        RunRepository runs = new(rows);
        DeviceTable table = new("fpga", "cifar10", DateTimeOffset.UnixEpoch, Latencies(1.5));
        await new DeviceRepository(rows).PutAsync(table, Cancellation);
        await runs.AddAsync(StoreSamples.Run(runId) with { DeviceTable = table.Version }, Cancellation);
        await runs.WriteAsync(runId, Enumerable.Range(0, 3).SelectMany(StoreSamples.Generation), Cancellation);
        await runs.TryPutSpendingAsync(runId, Spending, null, Cancellation);
        PriorRow prior = new() { Source = "file", Name = "mine.csv", Content = new PriorContent { Ranked = [new(3, 91.5)] } };
        await runs.AddPriorAsync(runId, prior, Cancellation);
        return (await ExportAsync(rows, runId)).ShouldNotBeNull();
    }

    protected static ImmutableArray<double> Latencies(double first) => [.. Enumerable.Range(0, 15_625).Select(index => first + index)];
}
