namespace PelNas.Shared.Tests.Storage.Transfer;

/// <summary>All that a store has found, copied to another one.</summary>
public sealed class StoreCopierTests : TransferTest
{
    private readonly MemoryRowStore _target = new();

    [Fact]
    public async Task A_store_is_copied_with_all_that_was_found_newest_first()
    {
        string[] runs = ["20260105-120000-a", "20260210-120000-b", RunId];
        foreach (string run in runs)
        {
            await FilledAsync(Rows, run);
        }

        await new SweepRepository(Rows).ChangeAsync("sweep-20260301", _ => StoreSamples.Sweep(), Cancellation);
        await new DeviceRepository(Rows).PutAsync(new DeviceTable("board", "cifar10", DateTimeOffset.UnixEpoch, [7]), Cancellation);

        List<string> told = [];
        (await CopyAsync(told)).ShouldBe(new CopyCounts(3, 0, 1, 2));

        told.ShouldBe([RunId, "20260210-120000-b", "20260105-120000-a"]);
        foreach (string run in runs)
        {
            ShouldBeSame(await ExportAsync(_target, run), await ExportAsync(Rows, run));
        }

        ShouldBeSame(await new SweepRepository(_target).GetAsync("sweep-20260301", Cancellation), StoreSamples.Sweep());
        (await new DeviceRepository(_target).ListAsync(Cancellation)).ShouldBe(await new DeviceRepository(Rows).ListAsync(Cancellation));
        (await CopyAsync()).ShouldBe(new CopyCounts(0, 3, 1, 2), "a second copy finds all there");
    }

    [Fact]
    public async Task A_run_that_was_copied_unfinished_is_copied_anew_until_it_is_finished()
    {
        RunRepository runs = new(Rows);
        RunRow run = (await FilledAsync(Rows)).Run;
        await runs.ChangeAsync(RunId, row => row with { FinishedAt = null, StopReason = null }, Cancellation);
        await CopyAsync();
        await runs.WriteAsync(RunId, StoreSamples.Generation(3), Cancellation);
        await runs.ChangeAsync(RunId, _ => run, Cancellation);

        (await CopyAsync()).ShouldBe(new CopyCounts(1, 0, 0, 1));
        ShouldBeSame(await ExportAsync(_target), await ExportAsync(Rows));
        (await CopyAsync()).ShouldBe(new CopyCounts(0, 1, 0, 1));
    }

    [Fact]
    public async Task A_copy_brings_back_what_was_deleted_in_the_target_and_leaves_out_what_was_in_the_source()
    {
        await FilledAsync(Rows);
        await CopyAsync();
        await new RunRepository(_target).DeleteAsync(RunId, Noon, Cancellation);
        (await CopyAsync()).Runs.ShouldBe(1);
        ShouldBeSame(await ExportAsync(_target), await ExportAsync(Rows));

        await new RunRepository(Rows).DeleteAsync(RunId, Noon, Cancellation);
        (await CopyAsync()).ShouldBe(new CopyCounts(0, 0, 0, 1));
        (await ExportAsync(_target)).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_the_target_has_finished_or_put_in_force_since_stays_there()
    {
        SweepRow sweep = StoreSamples.Sweep();
        DeviceTable table = new("board", "cifar10", DateTimeOffset.UnixEpoch, [7]);
        DeviceRepository source = new(Rows);
        DeviceRepository target = new(_target);
        await new SweepRepository(Rows).ChangeAsync(sweep.SweepId, _ => sweep with { FinishedAt = null, Searches = [] }, Cancellation);
        await source.PutAsync(table, Cancellation);
        await CopyAsync();
        await new SweepRepository(_target).ChangeAsync(sweep.SweepId, _ => sweep, Cancellation);
        await target.PutAsync(table with { UploadedAt = table.UploadedAt.AddDays(1), LatencyMs = [8] }, Cancellation);

        await CopyAsync();
        ShouldBeSame(await new SweepRepository(_target).GetAsync(sweep.SweepId, Cancellation), sweep);
        (await target.GetAsync("board", "cifar10", version: null, Cancellation))!.LatencyMs.ShouldBe([8]);
        (await target.GetAsync("board", "cifar10", table.Version, Cancellation))!.LatencyMs.ShouldBe([7]);

        await source.PutAsync(table with { UploadedAt = table.UploadedAt.AddDays(2), LatencyMs = [9] }, Cancellation);
        await CopyAsync();
        (await target.GetAsync("board", "cifar10", version: null, Cancellation))!.LatencyMs.ShouldBe([9]);
    }

    [Fact]
    public async Task A_run_that_no_store_takes_is_named_and_the_others_are_copied()
    {
        const string Lost = "20260401-120000-lost";
        const string Elsewhere = "20260402-120000-elsewhere";
        RunRepository runs = new(Rows);
        await FilledAsync(Rows);
        await FilledAsync(Rows, Lost);
        await FilledAsync(Rows, Elsewhere);
        await runs.ChangeAsync(Lost, run => run with { DeviceTable = new('0', 64) }, Cancellation);
        await runs.ChangeAsync(Elsewhere, run => run with { Request = run.Request with { Space = "transnas" } }, Cancellation);
        await new RunRepository(_target).AddAsync(StoreSamples.Run(Lost) with { FinishedAt = null }, Cancellation);
        List<string> told = [];

        (await CopyAsync(told)).ShouldBe(new CopyCounts(1, 0, 0, 1, RunsRefused: 2));

        told.Count.ShouldBe(3);
        told[0].ShouldStartWith($"{Elsewhere}: The run {Elsewhere} is in the space transnas");
        told[1].ShouldStartWith($"{Lost}: latencies is missing");
        told[2].ShouldBe(RunId);
        (await new RunRepository(_target).GetAsync(Lost, Cancellation)).ShouldNotBeNull("nothing was deleted for what cannot be written");
    }

    private Task<CopyCounts> CopyAsync(List<string>? told = null)
        => StoreCopier.CopyAsync(
            Rows, _target,
            new Told<CopiedRun>(run => told?.Add(run.Refusal is null ? run.RunId : $"{run.RunId}: {run.Refusal}")), Cancellation);
}
