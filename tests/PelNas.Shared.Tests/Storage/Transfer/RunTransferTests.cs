using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Transfer;
using PelNas.Shared.Tests.Storage.AzureTables;
using PelNas.Shared.Tests.Support;
using PelNas.Tests.Azurite;

namespace PelNas.Shared.Tests.Storage.Transfer;

/// <summary>Runs that move between the two stores, by file and directly.</summary>
public sealed class RunTransferTests(AzuriteFixture azurite) : AzuriteTest(azurite)
{
    private readonly TemporaryDirectory _folder = new();
    private readonly List<SqliteRunStore> _files = [];

    public override async ValueTask DisposeAsync()
    {
        _files.ForEach(store => store.Dispose());
        _folder.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_run_that_is_exported_to_a_file_and_imported_elsewhere_is_equal()
    {
        SqliteRunStore embedded = OpenFile("first.db");
        await FillAsync(embedded, RunId);
        RunArchive exported = await ExportAsync(embedded, RunId);
        await RunArchiveFile.WriteAsync(_folder.File("run.json"), exported, Token);

        (await RunImporter.ImportAsync(Store, await RunArchiveFile.ReadAsync(_folder.File("run.json"), Token), Token)).ShouldBeTrue();
        RunArchive fromTables = await ExportAsync(Store, RunId);
        ShouldBeSame(fromTables, exported);

        SqliteRunStore second = OpenFile("second.db");
        (await RunImporter.ImportAsync(second, fromTables, Token)).ShouldBeTrue();
        ShouldBeSame(await ExportAsync(second, RunId), exported);
    }

    [Fact]
    public async Task An_archive_holds_all_generations()
    {
        await FillAsync(Store, RunId);
        RunArchive archive = await ExportAsync(Store, RunId);
        archive.Fronts.Select(front => front.Version).ShouldBe([0, 1, 2]);
        archive.Rounds.Count.ShouldBe(4);
        archive.Partitions.Select(partition => partition.Candidates.Count).ShouldBe([120, 120]);
        archive.Partitions.Select(partition => partition.Heuristics.Count).ShouldBe([2, 2]);
        archive.Latencies!.LatencyMs.ShouldBe([1.5, 2.5]);
    }

    [Fact]
    public async Task A_run_that_is_there_is_not_overwritten()
    {
        await FillAsync(Store, RunId);
        RunArchive archive = await ExportAsync(Store, RunId);
        RunArchive changed = archive with { Run = archive.Run with { Proposer = "other" }, Rounds = [] };
        (await RunImporter.ImportAsync(Store, changed, Token)).ShouldBeFalse();
        ShouldBeSame(await ExportAsync(Store, RunId), archive);
    }

    [Fact]
    public async Task An_import_that_stops_after_any_write_shows_no_run_and_is_completed_by_the_next_one()
    {
        SqliteRunStore embedded = OpenFile("first.db");
        await FillAsync(embedded, RunId);
        RunArchive archive = await ExportAsync(embedded, RunId);
        int writes = 0;
        while (await StopsAsync(writes, store => RunImporter.ImportAsync(store, archive, Token)))
        {
            (await Store.GetRunAsync(RunId, Token)).ShouldBeNull();
            writes++;
        }

        ShouldBeSame(await ExportAsync(Store, RunId), archive);
    }

    [Fact]
    public async Task An_import_adds_the_runs_latency_table_and_leaves_the_one_in_force()
    {
        await FillAsync(Store, RunId);
        SqliteRunStore target = OpenFile("target.db");
        DeviceTable inForce = new("fpga", "cifar10", DateTimeOffset.UnixEpoch, [9, 9]);
        await target.PutDeviceTableAsync(inForce, Token);
        await RunImporter.ImportAsync(target, await ExportAsync(Store, RunId), Token);
        (await target.ListDeviceTablesAsync(Token)).ShouldBe([inForce.Info]);
        string version = (await target.GetRunAsync(RunId, Token))!.DeviceTable!;
        (await target.GetDeviceTableAsync("fpga", "cifar10", version, Token))!.LatencyMs.ShouldBe([1.5, 2.5]);
    }

    [Fact]
    public async Task A_store_is_copied_to_tables_and_back_with_all_that_was_found()
    {
        SqliteRunStore embedded = OpenFile("first.db");
        string[] runs = ["20260105-120000-a", "20260210-120000-b", RunId];
        foreach (string run in runs)
        {
            await FillAsync(embedded, run);
        }

        await embedded.PutSweepAsync(StoreSamples.Sweep(), Token);
        await embedded.PutDeviceTableAsync(new DeviceTable("board", "cifar10", DateTimeOffset.UnixEpoch, [7]), Token);
        (await StoreCopier.CopyAsync(embedded, Store, copied: null, Token)).ShouldBe(new CopyCounts(3, 0, 1, 2));

        SqliteRunStore back = OpenFile("back.db");
        List<string> told = [];
        (await StoreCopier.CopyAsync(Store, back, new Told(told.Add), Token)).ShouldBe(new CopyCounts(3, 0, 1, 2));
        told.ShouldBe([RunId, "20260210-120000-b", "20260105-120000-a"]);
        foreach (string run in runs)
        {
            ShouldBeSame(await ExportAsync(back, run), await ExportAsync(embedded, run));
        }

        ShouldBeSame(await back.GetSweepAsync("sweep-20260301", Token), StoreSamples.Sweep());
        (await back.ListDeviceTablesAsync(Token)).ShouldBe(await embedded.ListDeviceTablesAsync(Token));
        (await StoreCopier.CopyAsync(Store, back, copied: null, Token)).ShouldBe(new CopyCounts(0, 3, 1, 2), "a second copy finds all there");
    }

    [Theory]
    [InlineData("", "is not an exported run")]
    [InlineData("null", "is not an exported run")]
    [InlineData("{}", "is not an exported run")]
    [InlineData("{\"runId\":\"a\"}", "is not an exported run")]
    public async Task A_file_that_is_no_archive_is_refused_by_name(string content, string problem)
    {
        await File.WriteAllTextAsync(_folder.File("no.json"), content, Token);
        RunArchiveException refused = await Should.ThrowAsync<RunArchiveException>(() => RunArchiveFile.ReadAsync(_folder.File("no.json"), Token));
        refused.Message.ShouldContain(_folder.File("no.json"));
        refused.Message.ShouldContain(problem);
    }

    [Fact]
    public async Task An_archive_of_a_newer_version_is_refused_with_both_versions()
    {
        await FillAsync(Store, RunId);
        await RunArchiveFile.WriteAsync(_folder.File("run.json"), await ExportAsync(Store, RunId) with { FormatVersion = 2 }, Token);
        (await Should.ThrowAsync<RunArchiveException>(() => RunArchiveFile.ReadAsync(_folder.File("run.json"), Token)))
            .Message.ShouldContain("has format version 2, and this program reads version 1");
    }

    [Fact]
    public async Task A_run_that_is_not_there_has_no_archive() => (await RunExporter.ExportAsync(Store, RunId, Token)).ShouldBeNull();

    private static async Task<RunArchive> ExportAsync(IRunStore store, string runId) => (await RunExporter.ExportAsync(store, runId, Token)).ShouldNotBeNull();

    private static async Task FillAsync(IRunStore store, string runId)
    {
        DeviceTable table = new("fpga", "cifar10", DateTimeOffset.UnixEpoch, [1.5, 2.5]);
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
            await store.PublishFrontAsync(runId, StoreSamples.Front(version, 5 + version), Token);
        }

        await store.PutRoundAsync(runId, StoreSamples.Round(RoundRow.WholeRun, 0), Token);
        await store.PutRoundAsync(runId, StoreSamples.Round(RoundRow.WholeRun, 1), Token);
    }

    private SqliteRunStore OpenFile(string name)
    {
        SqliteRunStore store = new(_folder.File(name));
        _files.Add(store);
        return store;
    }

    // Progress<T> reports on another thread, some time later.
    private sealed class Told(Action<string> tell) : IProgress<string>
    {
        public void Report(string value) => tell(value);
    }
}
