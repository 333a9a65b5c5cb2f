using System.Collections.Immutable;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Transfer;
using PelNas.Shared.Tests.Storage.AzureTables;
using PelNas.Shared.Tests.Support;
using PelNas.Tests.Azurite;

namespace PelNas.Shared.Tests.Storage.Transfer;

/// <summary>Tables on Azurite, embedded stores beside them, and a whole run to move.</summary>
public abstract class TransferTest(AzuriteFixture azurite) : AzuriteTest(azurite)
{
    protected static readonly BudgetRow Ledger = new()
    {
        Price = new("model", 1.25, 10, "2026-11-01"),
        Spent = new ChatUsage(3, 1000, 200, 0.5),
        InFlight = [new BudgetReservation(7, new ChatUsage(1, 500, 400, 0.25), "0123")],
        NextReservation = 8,
    };

    private readonly TemporaryDirectory _folder = new();
    private readonly List<SqliteRunStore> _files = [];

    public override async ValueTask DisposeAsync()
    {
        _files.ForEach(store => store.Dispose());
        _folder.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static async Task<RunArchive> ExportAsync(IRunStore store, string runId) => (await RunExporter.ExportAsync(store, runId, Token)).ShouldNotBeNull();

    protected static async Task FillAsync(IRunStore store, string runId)
    {
        DeviceTable table = new("fpga", "cifar10", DateTimeOffset.UnixEpoch, Latencies(1.5));
        await store.PutDeviceTableAsync(table, Token);
        await store.PutRunAsync(StoreSamples.Run(runId) with { DeviceTable = table.Version }, Token);
        for (int partition = 0; partition < 2; partition++)
        {
            await store.MergeCandidatesAsync(runId, partition, [.. Enumerable.Range(0, 120).Select(StoreSamples.Candidate)], Token);
            await store.PutRoundAsync(runId, StoreSamples.Round(partition, 1), Token);
            await store.PutHeuristicsAsync(runId, StoreSamples.Heuristics(partition, 1), Token);
            await store.PutHeuristicsAsync(runId, StoreSamples.Heuristics(partition, 2), Token);
        }

        for (int version = 0; version < 3; version++)
        {
            await store.PublishFrontAsync(runId, Front(version), Token);
        }

        await store.PutRoundAsync(runId, StoreSamples.Round(RoundRow.WholeRun, 0), Token);
        await store.PutRoundAsync(runId, StoreSamples.Round(RoundRow.WholeRun, 1), Token);
        await store.TryPutBudgetAsync(runId, Ledger, null, Token);
    }

    protected static Front Front(int version)
    {
        Front front = StoreSamples.Front(version, 5 + version);
        return front with { Points = [.. front.Points.Select(point => point with { Partition = point.Partition % 2 })] };
    }

    protected static ImmutableArray<double> Latencies(double first) => [.. Enumerable.Range(0, 15_625).Select(index => first + index)];

    protected SqliteRunStore OpenFile(string name)
    {
        SqliteRunStore store = new(_folder.File(name));
        _files.Add(store);
        return store;
    }

    /// <summary>A path in a folder of the test's own.</summary>
    protected string PathOf(string name) => _folder.File(name);
}
