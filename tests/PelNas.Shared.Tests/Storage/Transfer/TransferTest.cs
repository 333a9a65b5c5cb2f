namespace PelNas.Shared.Tests.Storage.Transfer;

/// <summary>A whole run to move from the rows of the test to others.</summary>
public abstract class TransferTest : RepositoryTest
{
    protected const string RunId = StoreSamples.RunId;

    protected static readonly SpendingRow Spending = new()
    {
        Partition = 0,
        Generation = 1,
        Spent = new ChatUsage(3, 1000, 200, 0.5),
        InFlight = new ChatUsage(1, 500, 400, 0.25),
    };

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
        await runs.AddPriorAsync(runId, new PriorRow
        {
            Source = "file",
            Name = "mine.csv",
            Content = new PriorContent { Ranked = [new(3, 91.5)] },
        }, Cancellation);
        return (await ExportAsync(rows, runId)).ShouldNotBeNull();
    }

    protected static ImmutableArray<double> Latencies(double first) => [.. Enumerable.Range(0, 15_625).Select(index => first + index)];
}
