using PelNas.Shared.Records;
using PelNas.Shared.Storage;


namespace PelNas.Shared.Tests.Storage;

public abstract partial class RunStoreConformance
{
    [Fact]
    public async Task A_change_adds_what_is_not_there_and_sees_what_is()
    {
        ShouldBeSame(await Store.ChangeRunAsync(RunId, stored => stored ?? StoreSamples.Run(), Token), StoreSamples.Run());
        ShouldBeSame(await Open().ChangeRunAsync(RunId, stored => stored ?? StoreSamples.Run() with { Proposer = "other" }, Token), StoreSamples.Run());
        RunRow? changed = await Store.ChangeRunAsync(RunId, stored => stored! with { StopReason = "labels" }, Token);
        changed!.StopReason.ShouldBe("labels");
        ShouldBeSame(await Open().GetRunAsync(RunId, Token), changed);
        (await Store.ListRunsAsync(10, null, Token)).Runs.Count.ShouldBe(1);

        ShouldBeSame(await Store.ChangeRoundAsync(RunId, 1, 2, stored => stored ?? StoreSamples.Round(1, 2), Token), StoreSamples.Round(1, 2));
        (await Open().ChangeRoundAsync(RunId, 1, 2, stored => stored! with { Labels = 9 }, Token))!.Labels.ShouldBe(9);
        ShouldBeSame(await Store.GetRoundAsync(RunId, 1, 2, Token), StoreSamples.Round(1, 2) with { Labels = 9 });

        SweepRow sweep = StoreSamples.Sweep();
        ShouldBeSame(await Store.ChangeSweepAsync(sweep.SweepId, stored => stored ?? sweep, Token), sweep);
        ShouldBeSame(await Open().ChangeSweepAsync(sweep.SweepId, stored => stored ?? sweep with { IsLate = true }, Token), sweep);
        (await Store.ChangeSweepAsync(sweep.SweepId, stored => stored! with { Searches = [] }, Token))!.Searches.ShouldBeEmpty();
        ShouldBeSame((await Open().ListSweepsAsync(10, null, Token)).Sweeps.ShouldHaveSingleItem(), sweep with { Searches = [] });
    }

    [Fact]
    public async Task A_change_to_null_writes_nothing()
    {
        (await Store.ChangeRunAsync(RunId, _ => null, Token)).ShouldBeNull();
        (await Store.ChangeRoundAsync(RunId, 0, 0, _ => null, Token)).ShouldBeNull();
        (await Store.ChangeSweepAsync("sweep-20260301", _ => null, Token)).ShouldBeNull();
        (await Store.GetSweepAsync("sweep-20260301", Token)).ShouldBeNull();
        (await Store.GetRunAsync(RunId, Token)).ShouldBeNull();
        (await Store.ListRunsAsync(10, null, Token)).Runs.ShouldBeEmpty();
        await Store.PutRunAsync(StoreSamples.Run(), Token);
        ShouldBeSame(await Store.ChangeRunAsync(RunId, _ => null, Token), StoreSamples.Run());
    }

    [Fact]
    public async Task No_change_of_eight_writers_at_once_is_lost()
    {
        IRunStore[] stores = [Store, Open()];
        await AtOnce(8, number => stores[number % 2].ChangeRoundAsync(
            RunId, 0, 1, stored => stored is null ? StoreSamples.Round(0, 1) with { Labels = 1 } : stored with { Labels = stored.Labels + 1 }, Token));
        (await Store.GetRoundAsync(RunId, 0, 1, Token))!.Labels.ShouldBe(8);

        SweepSearch search = StoreSamples.Sweep().Searches[0];
        await AtOnce(8, number => stores[number % 2].ChangeSweepAsync(
            "sweep-20260301", stored => (stored ?? StoreSamples.Sweep()) with { Searches = [.. stored?.Searches ?? [], search] }, Token));
        (await Store.GetSweepAsync("sweep-20260301", Token))!.Searches.Count.ShouldBe(8);
    }

    [Fact]
    public async Task A_change_to_another_key_or_to_what_no_store_takes_is_refused()
    {
        await Should.ThrowAsync<ArgumentException>(() => Store.ChangeRunAsync(RunId, _ => StoreSamples.Run("20260301-120000-other"), Token));
        await Should.ThrowAsync<ArgumentException>(() => Store.ChangeRoundAsync(RunId, 0, 1, _ => StoreSamples.Round(1, 1), Token));
        await Should.ThrowAsync<ArgumentException>(() => Store.ChangeSweepAsync("sweep-20260302", _ => StoreSamples.Sweep(), Token));
        await Should.ThrowAsync<ArgumentException>(() => Store.ChangeSweepAsync("sweep", stored => stored, Token));
        await Should.ThrowAsync<ArgumentException>(
            () => Store.ChangeRoundAsync(RunId, 0, 1, _ => StoreSamples.Round(0, 1) with { Hypervolume = double.NaN }, Token));
        (await Store.ListRunsAsync(10, null, Token)).Runs.ShouldBeEmpty();
        (await Store.GetRoundsAsync(RunId, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_finite_in_a_run_or_a_ledger_is_refused_by_field()
    {
        ChatUsage spent = new(1, 1, 1, double.PositiveInfinity);
        (await Should.ThrowAsync<ArgumentException>(() => Store.PutRunAsync(StoreSamples.Run() with { Spent = spent }, Token))).Message.ShouldContain("run.spent.usd");
        (await Should.ThrowAsync<ArgumentException>(() => Store.PutRunAsync(StoreSamples.Run() with { Price = new("m", double.NaN, 1, "settings") }, Token)))
            .Message.ShouldContain("run.price.inputUsdPerMillion");
        (await Should.ThrowAsync<ArgumentException>(() => Store.TryPutBudgetAsync(RunId, Ledger with { Spent = spent }, null, Token))).Message.ShouldContain("budget.spent.usd");
        (await Should.ThrowAsync<ArgumentException>(
            () => Store.TryPutBudgetAsync(RunId, Ledger with { InFlight = [new BudgetReservation(1, spent)] }, null, Token))).Message.ShouldContain("budget.inFlight[].atMost.usd");
        (await Store.GetBudgetAsync(RunId, Token)).Version.ShouldBeNull();
    }
}
