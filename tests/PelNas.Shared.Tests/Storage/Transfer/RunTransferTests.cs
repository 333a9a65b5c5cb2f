namespace PelNas.Shared.Tests.Storage.Transfer;

/// <summary>Runs that move between stores by file.</summary>
public sealed class RunTransferTests : TransferTest, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("run.json");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public async Task A_run_that_is_exported_to_a_file_and_imported_elsewhere_is_equal(string adapter)
    {
        using TestRows target = new(adapter);
        RunArchive exported = await FilledAsync(Rows);
        await WriteAsync(exported);

        (await ImportAsync(target.Processes[0], await RunArchiveFile.ReadAsync(File, Cancellation))).ShouldBeTrue();

        ShouldBeSame(await ExportAsync(target.Processes[1]), exported);
        exported.FormatVersion.ShouldBe(4);
        exported.Rows.Count().ShouldBe(3 * 6 + 2 * 2);
        exported.Latencies!.LatencyMs.ShouldBe(Latencies(1.5));
        exported.Spending.ShouldBe([Spending]);
    }

    [Fact]
    public async Task Of_a_run_that_goes_on_the_finished_generations_are_exported()
    {
        await FilledAsync(Rows);
        RunRepository runs = new(Rows);
        await runs.ChangeAsync(RunId, run => run with { FinishedAt = null }, Cancellation);

        // As a reader finds them that read the pages before them too early: scores of what nobody has proposed.
        await runs.WriteAsync(RunId, [StoreSamples.Scores(0, 3, 30, 31)], Cancellation);

        RunArchive exported = (await ExportAsync(Rows)).ShouldNotBeNull();

        exported.Fronts.Select(row => row.Round.Generation).ShouldBe([0, 1, 2]);
        exported.Scores.ShouldAllBe(row => row.Generation <= 2);
        (await ImportAsync(new MemoryRowStore(), exported)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_run_that_is_there_is_not_overwritten()
    {
        RunArchive archive = await FilledAsync(Rows);
        (await ImportAsync(Rows, archive with { Run = archive.Run with { Proposer = "other" }, Heuristics = [] })).ShouldBeFalse();
        ShouldBeSame(await ExportAsync(Rows), archive);
    }

    [Fact]
    public async Task An_import_that_stops_after_any_write_shows_no_run_and_is_completed_by_the_next_one()
    {
        RunArchive archive = await FilledAsync(Rows);
        MemoryRowStore target = new();
        DeviceTable inForce = new("fpga", "cifar10", DateTimeOffset.UnixEpoch, Latencies(9));
        await new DeviceRepository(target).PutAsync(inForce, Cancellation);
        int writes = 0;
        while (await StopsAsync(new CountingRowStore(target) { MostWrites = writes }, archive))
        {
            (await new RunRepository(target).GetAsync(RunId, Cancellation)).ShouldBeNull();
            (await new DeviceRepository(target).ListAsync(Cancellation)).ShouldBe([inForce.Info], $"after {writes} writes");
            writes++;
        }

        writes.ShouldBeGreaterThan(4);
        ShouldBeSame(await ExportAsync(target), archive);
        (await new DeviceRepository(target).ListAsync(Cancellation)).ShouldBe([inForce.Info]);
    }

    [Fact]
    public async Task What_an_import_of_another_archive_left_is_gone_after_the_next_one()
    {
        RunArchive archive = await FilledAsync(Rows);
        MemoryRowStore target = new();
        await new RunRepository(target).WriteAsync(RunId, StoreSamples.Generation(9), Cancellation);
        await new RunRepository(target).TryPutSpendingAsync(RunId, Spending with { Refused = 99 }, null, Cancellation);
        (await ImportAsync(target, archive)).ShouldBeTrue();
        ShouldBeSame(await ExportAsync(target), archive);
    }

    [Fact]
    public async Task A_run_that_was_deleted_is_back_after_an_import()
    {
        RunArchive archive = await FilledAsync(Rows);
        await new RunRepository(Rows).DeleteAsync(RunId, Noon, Cancellation);
        (await ExportAsync(Rows)).ShouldBeNull();
        (await ImportAsync(Rows, archive)).ShouldBeTrue();
        ShouldBeSame(await ExportAsync(Rows), archive);
    }

    [Fact]
    public async Task A_run_that_goes_on_is_exported_as_far_as_it_is()
    {
        RunRepository runs = new(Rows);
        await runs.AddAsync(StoreSamples.Run(), Cancellation);
        RunArchive archive = (await ExportAsync(Rows)).ShouldNotBeNull();
        (archive.Rows.Any(), archive.Spending.Count, archive.Latencies).ShouldBe((false, 0, null));
        (await ImportAsync(new MemoryRowStore(), archive)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "it is no JSON from line 1 on")]
    [InlineData("{\n\"run\": {", "it is no JSON from line 2 on")]
    [InlineData("null", "it is no object with the fields of one")]
    [InlineData("[]", "it is no object with the fields of one")]
    [InlineData("{}", "it is no object with the fields of one")]
    [InlineData("{\"runId\":\"a\"}", "it has no field runId that can hold what stands there")]
    public async Task A_file_that_is_no_archive_is_refused_by_name(string content, string why)
    {
        await System.IO.File.WriteAllTextAsync(File, content, Cancellation);
        RunArchiveException refused = await Should.ThrowAsync<RunArchiveException>(() => RunArchiveFile.ReadAsync(File, Cancellation));
        refused.Message.ShouldBe($"'{File}' is not an exported run: {why}. Give a file that 'pelnas export' wrote.");
    }

    [Theory]
    [InlineData("\"run\": {", "\"run\": { \"colour\": 1,", "run.colour")]
    [InlineData("\"formatVersion\":", "\"candidates\": [], \"formatVersion\":", "candidates")]
    [InlineData("\"dataset\": \"cifar10\"", "\"dataset\": 5", "run.request.dataset")]
    public async Task A_field_that_would_be_passed_over_is_refused_by_name(string there, string instead, string field)
    {
        await WriteAsync(await FilledAsync(Rows));
        string good = await System.IO.File.ReadAllTextAsync(File, Cancellation);
        good.ShouldContain(there);
        await System.IO.File.WriteAllTextAsync(File, good.Replace(there, instead, StringComparison.Ordinal), Cancellation);

        RunArchiveException refused = await Should.ThrowAsync<RunArchiveException>(() => RunArchiveFile.ReadAsync(File, Cancellation));

        refused.Message.ShouldContain($"it has no field {field} that can hold what stands there");
        refused.Message.ShouldNotContain("System.");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task An_archive_of_another_format_is_refused_with_both_versions(int version)
    {
        // Of the former format: other fields, and none of those that this one needs.
        await System.IO.File.WriteAllTextAsync(
            File, $$"""{"formatVersion":{{version}},"run":{"runId":"20260301-120000-a"},"partitions":[],"rounds":[],"fronts":[]}""",
            Cancellation);
        (await Should.ThrowAsync<RunArchiveException>(() => RunArchiveFile.ReadAsync(File, Cancellation)))
            .Message.ShouldContain($"has format version {version}, and this program reads version 4");
    }

    private async Task WriteAsync(RunArchive archive)
    {
        await using FileStream stream = System.IO.File.Create(File);
        await RunArchiveFile.WriteAsync(stream, archive, Cancellation);
    }

    private static async Task<bool> StopsAsync(IRowStore rows, RunArchive archive)
    {
        try
        {
            await ImportAsync(rows, archive);
            return false;
        }
        catch (ProcessEndedException)
        {
            return true;
        }
    }
}
