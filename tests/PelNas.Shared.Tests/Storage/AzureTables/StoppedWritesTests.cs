using Azure.Data.Tables;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Tests.Azurite;

namespace PelNas.Shared.Tests.Storage.AzureTables;

/// <summary>Methods that take several requests, with a process that ends after each of them: what stands is never half, and the next try completes it.</summary>
public sealed class StoppedWritesTests(AzuriteFixture azurite) : AzuriteTest(azurite)
{
    private const string Other = "20260301-120000-cifar10-fpga-2";

    [Fact]
    public async Task A_deletion_that_stops_after_any_write_keeps_the_run_listed_and_is_completed_by_the_next_one()
    {
        int writes = 0;
        for (bool stopped = true; stopped; writes++)
        {
            await FillAsync(RunId);
            await FillAsync(Other);
            stopped = await StopsAsync(writes, store => store.DeleteRunAsync(RunId, Token));
            if (stopped)
            {
                (await Store.ListRunsAsync(10, null, Token)).Runs.Select(run => run.RunId).ShouldBe([RunId, Other]);
                Front? front = await Store.GetFrontAsync(RunId, null, Token);
                (front?.Points.Count ?? 120).ShouldBe(120, "a front is there whole or not at all");
                await Store.DeleteRunAsync(RunId, Token);
            }

            await NothingIsLeftOfAsync(RunId);
            (await Store.GetCandidatesAsync(Other, 1, Token)).Count.ShouldBe(150);
            (await Store.GetFrontAsync(Other, null, Token))!.Points.Count.ShouldBe(120);
            (await Store.GetRoundAsync(Other, 0, 1, Token))!.Rejected.Count.ShouldBe(400);
            (await Store.GetHeuristicsAsync(Other, 0, Token)).Count.ShouldBe(1);
        }

        writes.ShouldBeGreaterThan(9, "fronts in two batches, candidates of two partitions in two each, heuristics, rounds, a blob, the run");
    }

    [Fact]
    public async Task A_run_that_stops_between_its_month_and_its_row_is_not_there_and_lists_nothing()
    {
        await StopAsync(1, store => store.PutRunAsync(StoreSamples.Run(), Token));
        (await Store.ListRunsAsync(10, null, Token)).Runs.ShouldBeEmpty();
        await Store.PutRunAsync(StoreSamples.Run(), Token);
        (await Store.ListRunsAsync(10, null, Token)).Runs.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_latency_table_that_stops_after_any_write_leaves_the_old_one_in_force(int writes)
    {
        DeviceTable old = new("board", "cifar10", DateTimeOffset.UnixEpoch, [1, 2]);
        DeviceTable table = old with { LatencyMs = [3, 4] };
        await Store.PutDeviceTableAsync(old, Token);
        await StopAsync(writes, store => store.PutDeviceTableAsync(table, Token));
        (await Store.GetDeviceTableAsync("board", "cifar10", null, Token))!.LatencyMs.ShouldBe(old.LatencyMs);
        (await Store.ListDeviceTablesAsync(Token)).ShouldBe([old.Info]);
        await Store.PutDeviceTableAsync(table, Token);
        (await Store.GetDeviceTableAsync("board", "cifar10", null, Token))!.LatencyMs.ShouldBe(table.LatencyMs);
    }

    [Fact]
    public async Task A_long_answer_that_stops_before_its_row_leaves_the_old_one()
    {
        await Store.PutChatAnswerAsync(StoreSamples.Hash(1), new string('a', 40_000), Token);
        await StopAsync(1, store => store.PutChatAnswerAsync(StoreSamples.Hash(1), new string('b', 40_000), Token));
        (await Store.GetChatAnswerAsync(StoreSamples.Hash(1), Token)).ShouldBe(new string('a', 40_000));
    }

    [Fact]
    public async Task Candidates_that_stop_after_any_batch_are_completed_by_the_next_try()
    {
        CandidateRow[] candidates = [.. Enumerable.Range(0, 350).Select(StoreSamples.Candidate)];
        for (int writes = 0; writes < 4; writes++)
        {
            await StopAsync(writes, store => store.MergeCandidatesAsync(RunId, writes, candidates, Token));
            (await Store.GetCandidatesAsync(RunId, writes, Token)).Count.ShouldBeLessThan(350);
            await Store.MergeCandidatesAsync(RunId, writes, candidates, Token);
            ShouldBeSame<IReadOnlyList<CandidateRow>>(await Store.GetCandidatesAsync(RunId, writes, Token), candidates);
        }
    }

    [Fact]
    public async Task Two_deletions_at_the_same_time_both_succeed()
    {
        await FillAsync(RunId);
        int batches = 0;
        AzureTablesRunStore slow = await HookedAsync(hooks => hooks.Before = async request =>
        {
            if (request.Uri.AbsolutePath.EndsWith("$batch", StringComparison.Ordinal) && batches++ == 0)
            {
                await Store.DeleteRunAsync(RunId, Token);
            }
        });
        await slow.DeleteRunAsync(RunId, Token);
        await NothingIsLeftOfAsync(RunId);
    }

    private async Task FillAsync(string runId)
    {
        await Store.ReopenRunAsync(runId, Token);
        await Store.PutRunAsync(StoreSamples.Run(runId), Token);
        for (int partition = 0; partition < 2; partition++)
        {
            await Store.MergeCandidatesAsync(runId, partition, [.. Enumerable.Range(0, 150).Select(StoreSamples.Candidate)], Token);
        }

        RoundRow large = StoreSamples.Round(0, 1);
        await Store.PutRoundAsync(runId, large with { Rejected = [.. Enumerable.Repeat(large.Rejected[0], 400)] }, Token);
        await Store.PutHeuristicsAsync(runId, StoreSamples.Heuristics(0, 1), Token);
        await Store.PublishFrontAsync(runId, StoreSamples.Front(1, 120), Token);
        (_, string? version) = await Store.GetBudgetAsync(runId, Token);
        (await Store.TryPutBudgetAsync(runId, BudgetRow.Empty with { Refused = 1 }, version, Token)).ShouldBeTrue();
    }

    private async Task NothingIsLeftOfAsync(string runId)
    {
        foreach (string table in (string[])["Runs", "Candidates", "Rounds", "Heuristics", "Fronts", "Budget"])
        {
            await foreach (TableEntity row in Stores.Table(table).QueryAsync<TableEntity>(cancellationToken: Token))
            {
                (row.PartitionKey == runId || row.PartitionKey.StartsWith(runId + ":", StringComparison.Ordinal) || row.RowKey.EndsWith(runId, StringComparison.Ordinal))
                    .ShouldBeFalse($"{table} should hold no {row.PartitionKey}, {row.RowKey}");
            }
        }

        (await Stores.Container().GetBlobsAsync(cancellationToken: Token).CountAsync(blob => blob.Name.StartsWith($"runs/{runId}/", StringComparison.Ordinal), Token)).ShouldBe(0);
    }
}
