using Azure;
using Azure.Data.Tables;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Tests.Azurite;

namespace PelNas.Shared.Tests.Storage.AzureTables;

/// <summary>Writes to a run that overlap its deletion, request by request: whoever comes first, nothing of the run is left.</summary>
public sealed class LateWriteTests(AzuriteFixture azurite) : AzuriteTest(azurite)
{
    public static TheoryData<string> Writes => [.. Calls.Keys];

    private static Dictionary<string, Func<IRunStore, Task>> Calls { get; } = new()
    {
        ["run"] = store => store.ChangeRunAsync(RunId, stored => stored ?? StoreSamples.Run(), Token),
        ["candidates"] = store => store.MergeCandidatesAsync(RunId, 3, [.. Enumerable.Range(0, 150).Select(StoreSamples.Candidate)], Token),
        ["round"] = store => store.ChangeRoundAsync(RunId, 0, 1, stored => stored ?? StoreSamples.Round(0, 1), Token),
        ["long round"] = store => store.PutRoundAsync(RunId, LongRound(), Token),
        ["heuristics"] = store => store.PutHeuristicsAsync(RunId, StoreSamples.Heuristics(0, 1), Token),
        ["front"] = store => store.PublishFrontAsync(RunId, StoreSamples.Front(1, 120), Token),
        ["ledger"] = store => store.TryPutBudgetAsync(RunId, BudgetRow.Empty with { Refused = 1 }, version: null, Token),
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_deletion_before_any_request_of_a_write_leaves_nothing(string write)
    {
        int requests = 1;
        for (int place = 0; place < requests; place++)
        {
            await Store.ReopenRunAsync(RunId, Token);
            int sent = 0;
            AzureTablesRunStore late = await HookedAsync(hooks => hooks.Before = async _ =>
            {
                if (sent++ == place)
                {
                    await Store.DeleteRunAsync(RunId, Token);
                }
            });
            await Should.ThrowAsync<RunDeletedException>(() => Calls[write](late));
            await NothingIsLeftAsync($"{write}, deleted before request {place}");
            requests = Math.Max(requests, await RequestsOfAsync(write));
        }

        requests.ShouldBeGreaterThan(2, "a look, the write, another look");
    }

    [Fact]
    public async Task What_a_writer_left_that_ended_between_its_write_and_its_second_look_goes_with_the_tombstone()
    {
        await Store.PutRunAsync(StoreSamples.Run(), Token);
        // Its one batch arrives after the run was deleted, and its process ends before it learns so.
        AzureTablesRunStore late = await HookedAsync(hooks =>
        {
            bool ended = false;
            hooks.Before = request => ended ? throw new ProcessEndedException() : request.IsWrite ? Store.DeleteRunAsync(RunId, Token) : Task.CompletedTask;
            hooks.After = request => (ended = request.IsWrite) ? throw new ProcessEndedException() : Task.CompletedTask;
        });
        await Should.ThrowAsync<ProcessEndedException>(() => late.MergeCandidatesAsync(RunId, 3, [StoreSamples.Candidate(1)], Token));
        (await Store.GetCandidatesAsync(RunId, 3, Token)).Count.ShouldBe(1);
        await Should.ThrowAsync<RunDeletedException>(() => Store.MergeCandidatesAsync(RunId, 3, [StoreSamples.Candidate(2)], Token));
        (await Store.DeleteTombstonesAsync(TimeProvider.System.GetUtcNow().AddHours(1), 10, Token)).ShouldBe(1);
        await NothingIsLeftAsync("purged");
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_late_write_whose_answers_are_lost_or_whose_caller_is_cancelled_is_taken_back_all_the_same(string write)
    {
        foreach (bool isCancelled in (bool[])[false, true])
        {
            await Store.ReopenRunAsync(RunId, Token);
            AzureTablesRunStore late = await HookedAsync(hooks =>
            {
                int writes = 0;
                hooks.Before = request => request.IsWrite && writes++ == 0 ? Store.DeleteRunAsync(RunId, Token) : Task.CompletedTask;
                hooks.After = request => request.IsWrite && writes == 1
                    ? throw (isCancelled ? new OperationCanceledException() : new RequestFailedException(503, "Its answer was lost."))
                    : Task.CompletedTask;
            });
            await Should.ThrowAsync<RunDeletedException>(() => Calls[write](late));
            await NothingIsLeftAsync($"{write}, {(isCancelled ? "cancelled" : "answer lost")}");
        }
    }

    [Theory]
    [InlineData(503)]
    [InlineData(0)]
    public async Task A_second_look_that_fails_does_not_make_a_failure_of_the_write(int status)
    {
        AzureTablesRunStore store = await HookedAsync(hooks =>
        {
            bool isWritten = false;
            hooks.Before = request => isWritten ? throw new RequestFailedException(status, "out of reach") : Task.CompletedTask;
            hooks.After = request => Task.FromResult(isWritten |= request.IsWrite);
        });
        (await store.TryPutBudgetAsync(RunId, BudgetRow.Empty with { Refused = 1 }, version: null, Token)).ShouldBeTrue();
        (await Store.GetBudgetAsync(RunId, Token)).Row.Refused.ShouldBe(1);
    }

    [Fact]
    public async Task A_write_that_failed_keeps_its_fault_when_the_run_is_still_there()
    {
        AzureTablesRunStore store = await HookedAsync(hooks => hooks.Before = request
            => request.IsWrite ? throw new RequestFailedException(403, "no", "AuthorizationPermissionMismatch", null) : Task.CompletedTask);
        (await Should.ThrowAsync<StoreException>(() => store.PutHeuristicsAsync(RunId, StoreSamples.Heuristics(0, 1), Token))).Kind.ShouldBe(StoreFaultKind.NotPermitted);
    }

    [Fact]
    public async Task A_writer_that_takes_back_leaves_what_was_written_once_the_run_was_opened_again()
    {
        // The late writer's batch meets the deletion, and its taking back, two tables far, an import of the same run.
        AzureTablesRunStore late = await HookedAsync(hooks =>
        {
            bool isDeleted = false;
            bool isOpen = false;
            hooks.Before = async request =>
            {
                if (request.IsWrite && !isDeleted)
                {
                    isDeleted = true;
                    await Store.DeleteRunAsync(RunId, Token);
                }
                else if (!isOpen && request.Filter?.Contains(RunId + ":", StringComparison.Ordinal) == true)
                {
                    isOpen = true;
                    await ImportAsync();
                }
            };
        });
        await Should.ThrowAsync<RunDeletedException>(() => late.PutRoundAsync(RunId, StoreSamples.Round(0, 1), Token));
        await IsImportedAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_purge_leaves_a_run_that_is_opened_meanwhile_and_a_tombstone_that_is_put_meanwhile(bool isDeletedAnew)
    {
        await Store.DeleteRunAsync(RunId, Token);
        AzureTablesRunStore purging = await HookedAsync(hooks =>
        {
            bool isOpen = false;
            hooks.Before = async request =>
            {
                if (!isOpen && request.Filter?.Contains(RunId, StringComparison.Ordinal) == true)
                {
                    isOpen = true;
                    await ImportAsync();
                    if (isDeletedAnew)
                    {
                        await Store.DeleteRunAsync(RunId, Token);
                    }
                }
            };
        });
        (await purging.DeleteTombstonesAsync(TimeProvider.System.GetUtcNow().AddHours(1), 10, Token)).ShouldBe(isDeletedAnew ? 0 : 1);
        if (isDeletedAnew)
        {
            await Should.ThrowAsync<RunDeletedException>(() => Store.PutRunAsync(StoreSamples.Run(), Token));
        }
        else
        {
            await IsImportedAsync();
        }
    }

    private async Task ImportAsync()
    {
        await Store.ReopenRunAsync(RunId, Token);
        await Store.PutRunAsync(StoreSamples.Run(), Token);
        await Store.PutHeuristicsAsync(RunId, StoreSamples.Heuristics(0, 1), Token);
        await Store.PutRoundAsync(RunId, StoreSamples.Round(0, 1), Token);
    }

    private async Task IsImportedAsync()
    {
        (await Store.GetRunAsync(RunId, Token)).ShouldNotBeNull();
        (await Store.GetHeuristicsAsync(RunId, 0, Token)).Count.ShouldBe(1);
        (await Store.GetRoundsAsync(RunId, Token)).Count.ShouldBe(1);
    }

    private static RoundRow LongRound()
    {
        RoundRow round = StoreSamples.Round(0, 1);
        return round with { Rejected = [.. Enumerable.Repeat(round.Rejected[0], 400)] };
    }

    private async Task<int> RequestsOfAsync(string write)
    {
        await Store.ReopenRunAsync(RunId, Token);
        int sent = 0;
        AzureTablesRunStore store = await HookedAsync(hooks => hooks.Before = _ => Task.FromResult(sent++));
        await Calls[write](store);
        await Store.DeleteRunAsync(RunId, Token);
        return sent;
    }

    private async Task NothingIsLeftAsync(string when)
    {
        foreach (string table in (string[])["Runs", "Candidates", "Rounds", "Heuristics", "Fronts", "Budget"])
        {
            List<TableEntity> rows = await Stores.Table(table).QueryAsync<TableEntity>(row => row.PartitionKey != "months", cancellationToken: Token).ToListAsync(Token);
            rows.Select(row => $"{row.PartitionKey}, {row.RowKey}").ShouldBeEmpty($"{table}: {when}");
        }

        (await Stores.Container().GetBlobsAsync(cancellationToken: Token).CountAsync(Token)).ShouldBe(0, when);
    }
}
