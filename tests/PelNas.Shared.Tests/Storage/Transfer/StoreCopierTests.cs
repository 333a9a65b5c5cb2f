using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Transfer;
using PelNas.Tests.Azurite;

namespace PelNas.Shared.Tests.Storage.Transfer;

/// <summary>All runs of a store, copied to another one.</summary>
public sealed class StoreCopierTests(AzuriteFixture azurite) : TransferTest(azurite)
{
    [Fact]
    public async Task A_run_that_was_copied_unfinished_is_copied_anew_until_it_is_finished()
    {
        SqliteRunStore source = OpenFile("first.db");
        await FillAsync(source, RunId);
        await source.ChangeRunAsync(RunId, run => run! with { FinishedAt = null, StopReason = null }, Token);
        await StoreCopier.CopyAsync(source, Store, progress: null, Token);
        await source.ChangeRunAsync(RunId, run => StoreSamples.Run() with { DeviceTable = run!.DeviceTable }, Token);
        await source.PutRoundAsync(RunId, StoreSamples.Round(0, 2), Token);

        (await StoreCopier.CopyAsync(source, Store, progress: null, Token)).ShouldBe(new CopyCounts(1, 0, 0, 1));
        ShouldBeSame(await ExportAsync(Store, RunId), await ExportAsync(source, RunId));
        (await StoreCopier.CopyAsync(source, Store, progress: null, Token)).ShouldBe(new CopyCounts(0, 1, 0, 1));
    }

    [Fact]
    public async Task A_copy_brings_back_what_was_deleted_in_the_target()
    {
        SqliteRunStore source = OpenFile("first.db");
        await FillAsync(source, RunId);
        await StoreCopier.CopyAsync(source, Store, progress: null, Token);
        await Store.DeleteRunAsync(RunId, Token);
        (await StoreCopier.CopyAsync(source, Store, progress: null, Token)).ShouldBe(new CopyCounts(1, 0, 0, 1));
        ShouldBeSame(await ExportAsync(Store, RunId), await ExportAsync(source, RunId));
    }

    [Fact]
    public async Task What_was_deleted_in_the_source_is_not_copied_and_its_tombstone_neither()
    {
        SqliteRunStore source = OpenFile("first.db");
        await FillAsync(source, RunId);
        await source.DeleteRunAsync(RunId, Token);
        (await StoreCopier.CopyAsync(source, Store, progress: null, Token)).Runs.ShouldBe(0);
        await Store.PutRunAsync(StoreSamples.Run(), Token);
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
        (await StoreCopier.CopyAsync(embedded, Store, progress: null, Token)).ShouldBe(new CopyCounts(3, 0, 1, 2));

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
        (await StoreCopier.CopyAsync(Store, back, progress: null, Token)).ShouldBe(new CopyCounts(0, 3, 1, 2), "a second copy finds all there");
    }

    [Fact]
    public async Task What_the_target_has_finished_or_put_in_force_since_stays_there()
    {
        SqliteRunStore source = OpenFile("first.db");
        SweepRow sweep = StoreSamples.Sweep();
        DeviceTable table = new("board", "cifar10", DateTimeOffset.UnixEpoch, [7]);
        await source.PutSweepAsync(sweep with { FinishedAt = null, Searches = [], Contexts = [] }, Token);
        await source.PutDeviceTableAsync(table, Token);
        await StoreCopier.CopyAsync(source, Store, progress: null, Token);
        await Store.PutSweepAsync(sweep, Token);
        await Store.PutDeviceTableAsync(table with { UploadedAt = table.UploadedAt.AddDays(1), LatencyMs = [8] }, Token);

        await StoreCopier.CopyAsync(source, Store, progress: null, Token);
        ShouldBeSame(await Store.GetSweepAsync(sweep.SweepId, Token), sweep);
        (await Store.GetDeviceTableAsync("board", "cifar10", version: null, Token))!.LatencyMs.ShouldBe([8]);
        (await Store.GetDeviceTableAsync("board", "cifar10", table.Version, Token))!.LatencyMs.ShouldBe([7]);

        await source.PutDeviceTableAsync(table with { UploadedAt = table.UploadedAt.AddDays(2), LatencyMs = [9] }, Token);
        await StoreCopier.CopyAsync(source, Store, progress: null, Token);
        (await Store.GetDeviceTableAsync("board", "cifar10", version: null, Token))!.LatencyMs.ShouldBe([9]);
    }

    [Fact]
    public async Task A_run_that_no_store_takes_is_named_and_the_others_are_copied()
    {
        SqliteRunStore source = OpenFile("first.db");
        await FillAsync(source, RunId);
        string lost = "20260401-120000-lost";
        await FillAsync(source, lost);
        await source.ChangeRunAsync(lost, run => run! with { DeviceTable = new('0', 64) }, Token);
        await Store.PutRunAsync(StoreSamples.Run(lost) with { FinishedAt = null }, Token);
        List<string> told = [];

        (await StoreCopier.CopyAsync(source, Store, new Told(told.Add), Token)).ShouldBe(new CopyCounts(1, 0, 0, 1, RunsRefused: 1));
        told.Count.ShouldBe(2);
        told[0].ShouldStartWith($"{lost}: ");
        told[1].ShouldBe(RunId);
        (await Store.GetRunAsync(lost, Token)).ShouldNotBeNull("nothing was deleted for what cannot be written");
    }

    // Progress<T> reports on another thread, some time later.
    private sealed class Told(Action<string> tell) : IProgress<CopiedRun>
    {
        public void Report(CopiedRun value) => tell(value.Refusal is null ? value.RunId : $"{value.RunId}: {value.Refusal}");
    }
}
