using PelNas.Shared.Records;
using PelNas.Shared.Storage;


namespace PelNas.Shared.Tests.Storage;

public abstract partial class RunStoreConformance
{
    [Fact]
    public async Task Nothing_is_written_to_a_deleted_run()
    {
        await FillAsync(RunId);
        await Store.DeleteRunAsync(RunId, Token);
        foreach (IRunStore store in (IRunStore[])[Store, Open()])
        {
            foreach (Func<Task> write in WritesTo(store, RunId))
            {
                (await Should.ThrowAsync<RunDeletedException>(write)).RunId.ShouldBe(RunId);
            }
        }

        await NothingIsThereAsync(RunId);
        (await Store.ListRunsAsync(10, null, Token)).Runs.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_that_was_deleted_before_anything_was_written_of_it_stays_away()
    {
        // A search that is deleted before it was planned.
        await Store.DeleteRunAsync(RunId, Token);
        await Should.ThrowAsync<RunDeletedException>(() => Store.ChangeRunAsync(RunId, stored => stored ?? StoreSamples.Run(), Token));
        await NothingIsThereAsync(RunId);
    }

    [Fact]
    public async Task The_deletion_of_one_run_does_not_hinder_another()
    {
        await Store.DeleteRunAsync(RunId, Token);
        foreach (Func<Task> write in WritesTo(Store, RunId + "-2"))
        {
            await write();
        }

        (await Store.GetRunAsync(RunId + "-2", Token)).ShouldNotBeNull();
        await Store.ReopenRunAsync(RunId + "-2", Token);
        (await Store.GetRunAsync(RunId + "-2", Token)).ShouldNotBeNull("opening what was not deleted changes nothing");
    }

    [Fact]
    public async Task A_run_that_is_deleted_while_others_write_to_it_is_gone_when_all_are_done()
    {
        IRunStore[] stores = [Store, Open()];
        await AtOnce(5, async number =>
        {
            try
            {
                for (int i = 0; number > 0 && i < 20; i++)
                {
                    await WritesTo(stores[number % 2], RunId)[(number + i) % 7]();
                }
            }
            catch (RunDeletedException)
            {
                // What the others get once the run is gone.
            }

            if (number == 0)
            {
                await Store.DeleteRunAsync(RunId, Token);
            }
        });

        await NothingIsThereAsync(RunId);
    }

    [Fact]
    public async Task Tombstones_are_deleted_by_age_and_only_so_many_at_once()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        for (int i = 0; i < 5; i++)
        {
            await Store.DeleteRunAsync($"20260301-12000{i}-run", Token);
        }

        (await Store.DeleteTombstonesAsync(now.AddHours(-1), 10, Token)).ShouldBe(0);
        await Should.ThrowAsync<RunDeletedException>(() => Store.PutRunAsync(StoreSamples.Run("20260301-120000-run"), Token));
        (await Store.DeleteTombstonesAsync(now.AddHours(1), 2, Token)).ShouldBe(2);
        (await Open().DeleteTombstonesAsync(now.AddHours(1), 10, Token)).ShouldBe(3);
        for (int i = 0; i < 5; i++)
        {
            await Store.PutRunAsync(StoreSamples.Run($"20260301-12000{i}-run"), Token);
        }

        (await Store.DeleteTombstonesAsync(now.AddHours(1), 10, Token)).ShouldBe(0);
        (await Store.ListRunsAsync(10, null, Token)).Runs.Count.ShouldBe(5);
        await Should.ThrowAsync<ArgumentException>(() => Store.DeleteTombstonesAsync(now, 0, Token));
    }

    private static Func<Task>[] WritesTo(IRunStore store, string runId) =>
    [
        () => store.PutRunAsync(StoreSamples.Run(runId), Token),
        () => store.ChangeRunAsync(runId, stored => stored ?? StoreSamples.Run(runId), Token),
        () => store.MergeCandidatesAsync(runId, 0, [StoreSamples.Candidate(1)], Token),
        () => store.PutRoundAsync(runId, StoreSamples.Round(0, 0), Token),
        () => store.ChangeRoundAsync(runId, 0, 1, stored => stored ?? StoreSamples.Round(0, 1), Token),
        () => store.PutHeuristicsAsync(runId, StoreSamples.Heuristics(0, 0), Token),
        () => store.PublishFrontAsync(runId, StoreSamples.Front(1, 3), Token),
        () => store.TryPutBudgetAsync(runId, Ledger, version: null, Token),
    ];

    private async Task NothingIsThereAsync(string runId)
    {
        (await Store.GetRunAsync(runId, Token)).ShouldBeNull();
        (await Store.GetCandidatesAsync(runId, 0, Token)).ShouldBeEmpty();
        (await Store.GetRoundsAsync(runId, Token)).ShouldBeEmpty();
        (await Store.GetHeuristicsAsync(runId, 0, Token)).ShouldBeEmpty();
        (await Store.GetFrontVersionsAsync(runId, Token)).ShouldBeEmpty();
        (await Store.GetFrontAsync(runId, null, Token)).ShouldBeNull();
        (await Store.GetBudgetAsync(runId, Token)).Version.ShouldBeNull();
    }
}
