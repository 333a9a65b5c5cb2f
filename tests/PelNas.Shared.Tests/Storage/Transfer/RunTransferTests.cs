using PelNas.Shared.Common;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Transfer;
using PelNas.Tests.Azurite;

namespace PelNas.Shared.Tests.Storage.Transfer;

/// <summary>Runs that move between the two stores by file.</summary>
public sealed class RunTransferTests(AzuriteFixture azurite) : TransferTest(azurite)
{
    [Fact]
    public async Task A_run_that_is_exported_to_a_file_and_imported_elsewhere_is_equal()
    {
        SqliteRunStore embedded = OpenFile("first.db");
        await FillAsync(embedded, RunId);
        RunArchive exported = await ExportAsync(embedded, RunId);
        await RunArchiveFile.WriteAsync(PathOf("run.json"), exported, Token);

        (await RunImporter.ImportAsync(Store, await RunArchiveFile.ReadAsync(PathOf("run.json"), Token), Token)).ShouldBeTrue();
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
        archive.Latencies!.LatencyMs.ShouldBe(Latencies(1.5));
        archive.Budget!.Spent.Calls.ShouldBe(3);
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
    public async Task An_import_that_stops_after_any_write_leaves_the_latency_table_in_force()
    {
        SqliteRunStore embedded = OpenFile("first.db");
        await FillAsync(embedded, RunId);
        RunArchive archive = await ExportAsync(embedded, RunId);
        DeviceTable inForce = new("fpga", "cifar10", DateTimeOffset.UnixEpoch, Latencies(9));
        await Store.PutDeviceTableAsync(inForce, Token);
        for (int writes = 0; await StopsAsync(writes, store => RunImporter.ImportAsync(store, archive, Token)); writes++)
        {
            (await Store.ListDeviceTablesAsync(Token)).ShouldBe([inForce.Info], $"after {writes} writes");
        }
    }

    [Fact]
    public async Task What_an_import_of_another_archive_left_is_gone_after_the_next_one()
    {
        SqliteRunStore embedded = OpenFile("first.db");
        await FillAsync(embedded, RunId);
        RunArchive archive = await ExportAsync(embedded, RunId);
        RunArchive other = archive with
        {
            Partitions = [archive.Partitions[0] with { Candidates = [StoreSamples.Candidate(9999)] }, archive.Partitions[1]],
            Rounds = [.. archive.Rounds, StoreSamples.Round(1, 9)],
            Fronts = [.. archive.Fronts, Front(9)],
        };
        // All of it but the run's row, as an import that was cut short leaves it.
        SqliteRunStore target = OpenFile("target.db");
        await target.MergeCandidatesAsync(RunId, 0, other.Partitions[0].Candidates, Token);
        await target.PutRoundAsync(RunId, StoreSamples.Round(1, 9), Token);
        await target.PublishFrontAsync(RunId, Front(9), Token);
        await target.TryPutBudgetAsync(RunId, Ledger with { NextReservation = 99 }, null, Token);
        (await RunImporter.ImportAsync(target, archive, Token)).ShouldBeTrue();
        ShouldBeSame(await ExportAsync(target, RunId), archive);
    }

    [Fact]
    public async Task A_bad_archive_is_refused_by_field_and_changes_nothing()
    {
        SqliteRunStore embedded = OpenFile("first.db");
        await FillAsync(embedded, RunId);
        RunArchive good = await ExportAsync(embedded, RunId);
        SqliteRunStore target = OpenFile("target.db");
        foreach ((RunArchive bad, string problem) in BadArchives(good))
        {
            (await Should.ThrowAsync<ArgumentException>(() => RunImporter.ImportAsync(target, bad, Token))).Message.ShouldContain(problem);
            (await target.GetRunAsync(RunId, Token)).ShouldBeNull();
            (await target.GetCandidatesAsync(RunId, 0, Token)).ShouldBeEmpty(problem);
            (await target.GetRoundsAsync(RunId, Token)).ShouldBeEmpty(problem);
            (await target.ListDeviceTablesAsync(Token)).ShouldBeEmpty(problem);
        }
    }

    [Fact]
    public async Task An_archive_of_the_first_format_is_read_and_has_no_ledger()
    {
        await FillAsync(Store, RunId);
        RunArchive old = await ExportAsync(Store, RunId) with { FormatVersion = 1, Budget = null };
        await RunArchiveFile.WriteAsync(PathOf("run.json"), old, Token);
        SqliteRunStore target = OpenFile("target.db");
        (await RunImporter.ImportAsync(target, await RunArchiveFile.ReadAsync(PathOf("run.json"), Token), Token)).ShouldBeTrue();
        (await target.GetBudgetAsync(RunId, Token)).Version.ShouldBeNull();
    }

    [Fact]
    public async Task An_imported_store_answers_every_method_as_the_first_does()
    {
        await FillAsync(Store, RunId);
        SqliteRunStore target = OpenFile("target.db");
        await RunImporter.ImportAsync(target, await ExportAsync(Store, RunId), Token);
        (await ReadAllAsync(target)).ShouldBe(await ReadAllAsync(Store));
    }

    [Fact]
    public async Task A_run_that_was_deleted_is_back_after_an_import_and_can_be_written_to()
    {
        SqliteRunStore source = OpenFile("first.db");
        await FillAsync(source, RunId);
        RunArchive archive = await ExportAsync(source, RunId);
        foreach (IRunStore target in (IRunStore[])[Store, source, new InMemoryRunStore()])
        {
            await target.DeleteRunAsync(RunId, Token);
            (await RunImporter.ImportAsync(target, archive, Token)).ShouldBeTrue();
            ShouldBeSame(await ExportAsync(target, RunId), archive);
            await target.PutRoundAsync(RunId, StoreSamples.Round(0, 2), Token);
        }
    }

    [Fact]
    public async Task An_import_adds_the_runs_latency_table_and_leaves_the_one_in_force()
    {
        await FillAsync(Store, RunId);
        SqliteRunStore target = OpenFile("target.db");
        DeviceTable inForce = new("fpga", "cifar10", DateTimeOffset.UnixEpoch, Latencies(9));
        await target.PutDeviceTableAsync(inForce, Token);
        await RunImporter.ImportAsync(target, await ExportAsync(Store, RunId), Token);
        (await target.ListDeviceTablesAsync(Token)).ShouldBe([inForce.Info]);
        string version = (await target.GetRunAsync(RunId, Token))!.DeviceTable!;
        (await target.GetDeviceTableAsync("fpga", "cifar10", version, Token))!.LatencyMs.ShouldBe(Latencies(1.5));
    }

    [Theory]
    [InlineData("", "is not an exported run")]
    [InlineData("null", "is not an exported run")]
    [InlineData("{}", "is not an exported run")]
    [InlineData("{\"runId\":\"a\"}", "is not an exported run")]
    public async Task A_file_that_is_no_archive_is_refused_by_name(string content, string problem)
    {
        await File.WriteAllTextAsync(PathOf("no.json"), content, Token);
        RunArchiveException refused = await Should.ThrowAsync<RunArchiveException>(() => RunArchiveFile.ReadAsync(PathOf("no.json"), Token));
        refused.Message.ShouldContain(PathOf("no.json"));
        refused.Message.ShouldContain(problem);
    }

    [Fact]
    public async Task An_archive_of_a_newer_version_is_refused_with_both_versions()
    {
        await FillAsync(Store, RunId);
        await RunArchiveFile.WriteAsync(PathOf("run.json"), await ExportAsync(Store, RunId) with { FormatVersion = 3 }, Token);
        (await Should.ThrowAsync<RunArchiveException>(() => RunArchiveFile.ReadAsync(PathOf("run.json"), Token)))
            .Message.ShouldContain("has format version 3, and this program reads versions 1 to 2");
    }

    [Fact]
    public async Task A_run_that_is_not_there_has_no_archive() => (await RunExporter.ExportAsync(Store, RunId, Token)).ShouldBeNull();

    private static IEnumerable<(RunArchive Bad, string Problem)> BadArchives(RunArchive good)
    {
        ArchivedPartition partition = good.Partitions[0];
        yield return (good with { Partitions = [null!] }, "partitions[0] is null");
        yield return (good with { Partitions = [partition, partition] }, "partitions has 0 twice");
        yield return (good with { Partitions = [partition with { Partition = 2 }] }, "partitions[].partition is 2");
        yield return (good with { Partitions = [partition with { Candidates = [null!] }] }, "partitions[0].candidates[0] is null");
        yield return (good with { Partitions = [partition with { Candidates = [StoreSamples.Candidate(15_625)] }] }, "candidates[].index is 15625");
        yield return (good with { Partitions = [partition with { Candidates = [StoreSamples.Candidate(1) with { Generation = 11 }] }] }, "candidates[].generation is 11");
        yield return (good with { Partitions = [partition with { Heuristics = [StoreSamples.Heuristics(1, 1)] }] }, "heuristics[].partition is 1");
        yield return (good with { Partitions = [partition with { Heuristics = [StoreSamples.Heuristics(0, 1) with { Rules = [null!] }] }] }, "rules[0] is null");
        yield return (good with { Run = good.Run with { Partitions = [null!] } }, "run.partitions[0] is null");
        yield return (good with { Run = good.Run with { Partitions = [new PartitionPlan(1, "all", 5)] } }, "run.partitions[0].id is 1");
        yield return (good with { Run = good.Run with { DeviceTable = null } }, "run.deviceTable");
        yield return (good with { Latencies = null }, "latencies is missing");
        yield return (good with { Latencies = new ArchivedLatencies(DateTimeOffset.UnixEpoch, [1.5, 2.5]) }, "latencies.latencyMs has 2 numbers");
        yield return (good with { Latencies = new ArchivedLatencies(DateTimeOffset.UnixEpoch, Latencies(2)) }, "not the table that run.deviceTable names");
        yield return (good with { Rounds = [null!] }, "rounds[0] is null");
        yield return (good with { Rounds = [StoreSamples.Round(2, 1)] }, "rounds[].partition is 2");
        yield return (good with { Fronts = [Front(11)] }, "fronts[].version is 11");
        yield return (good with { Fronts = [Front(1), Front(1)] }, "fronts has 1 twice");
        yield return (good with { Fronts = [new Front(0, [null!])] }, "fronts[].points[0] is null");
        yield return (good with { Budget = Ledger with { InFlight = [null!] } }, "budget.inFlight[0] is null");
        yield return (good with { Budget = Ledger with { Spent = new ChatUsage(1, 1, 1, double.NaN) } }, "budget.spent.usd is NaN");
        yield return (good with { Budget = Ledger with { Spent = new ChatUsage(1, 1, 1, -0.5) } }, "budget.spent.usd is -0.5");
        yield return (good with { Budget = Ledger with { Spent = new ChatUsage(1, -1, 1, 0) } }, "budget.spent.inputTokens is -1");
        yield return (good with { Budget = Ledger with { InFlight = [new BudgetReservation(1, new ChatUsage(1, 1, long.MinValue, 0))] } }, "budget.inFlight[].atMost.outputTokens is -9223372036854775808");
        yield return (good with { Budget = Ledger with { Unconfirmed = Ledger.Spent with { Calls = Ledger.Spent.Calls + 1 } } }, "budget.unconfirmed.calls is 4");
        yield return (good with { Budget = Ledger with { Refused = -1 } }, "budget.refused is -1");
        yield return (good with { Run = good.Run with { Spent = new ChatUsage(-3, 1, 1, 0) } }, "run.spent.calls is -3");
        yield return (good with { Run = good.Run with { Unconfirmed = new ChatUsage(1, 1, 1, null) } }, "run.unconfirmed.calls is 1");
        yield return (good with { Run = good.Run with { Price = new ModelPrice("m", -1, 1, "settings") } }, "run.price.inputUsdPerMillion is -1");
        yield return (good with { Rounds = [StoreSamples.Round(0, 1) with { Usage = new ChatUsage(1, long.MaxValue, 1, 0) }] }, "round.usage.inputTokens is 9223372036854775807");
    }

    /// <summary>What every method that reads says of the run.</summary>
    private static async Task<string> ReadAllAsync(IRunStore store)
    {
        List<object?> answers = [];
        RunRow run = (await store.GetRunAsync(RunId, Token))!;
        answers.AddRange([run, (await store.ListRunsAsync(10, null, Token)).Runs, (await store.ListRunsBeforeAsync(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), 10, null, Token)).Runs]);
        foreach (int partition in run.Partitions.Select(plan => plan.Id))
        {
            answers.AddRange([await store.GetCandidatesAsync(RunId, partition, Token), await store.GetHeuristicsAsync(RunId, partition, Token)]);
        }

        IReadOnlyList<RoundRow> rounds = await store.GetRoundsAsync(RunId, Token);
        answers.Add(rounds);
        foreach (RoundRow round in rounds)
        {
            answers.Add(await store.GetRoundAsync(RunId, round.Partition, round.Generation, Token));
        }

        IReadOnlyList<int> versions = await store.GetFrontVersionsAsync(RunId, Token);
        answers.AddRange([versions, await store.GetFrontAsync(RunId, null, Token)]);
        foreach (int version in versions)
        {
            answers.Add(await store.GetFrontAsync(RunId, version, Token));
        }

        answers.AddRange([(await store.GetBudgetAsync(RunId, Token)).Row, await store.ListDeviceTablesAsync(Token)]);
        answers.Add(await store.GetDeviceTableAsync("fpga", "cifar10", run.DeviceTable, Token));
        return string.Join('\n', answers.Select(answer => PelNasJson.Serialize(answer)));
    }
}
