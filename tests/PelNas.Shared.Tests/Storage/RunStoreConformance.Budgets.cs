using PelNas.Shared.Records;
using PelNas.Shared.Storage;


namespace PelNas.Shared.Tests.Storage;

public abstract partial class RunStoreConformance
{
    private static readonly BudgetRow Ledger = new()
    {
        Price = new("model", 1.25, 10, "2026-11-01"),
        Spent = new ChatUsage(3, 1000, 200, 0.5),
        InFlight = [new BudgetReservation(7, new ChatUsage(1, 500, 400, 0.25))],
        NextReservation = 8,
        WarnedPercent = 50,
    };

    [Fact]
    public async Task A_run_without_a_ledger_has_an_empty_one()
    {
        (BudgetRow row, string? version) = await Store.GetBudgetAsync(RunId, Token);
        ShouldBeSame(row, BudgetRow.Empty);
        version.ShouldBeNull();
    }

    [Fact]
    public async Task A_ledger_is_read_as_it_was_written()
    {
        (await Store.TryPutBudgetAsync(RunId, Ledger, null, Token)).ShouldBeTrue();
        (BudgetRow row, string? version) = await Open().GetBudgetAsync(RunId, Token);
        ShouldBeSame(row, Ledger);
        version.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_ledger_that_changed_meanwhile_is_not_overwritten()
    {
        await Store.TryPutBudgetAsync(RunId, Ledger, null, Token);
        (_, string? first) = await Store.GetBudgetAsync(RunId, Token);
        (await Open().TryPutBudgetAsync(RunId, Ledger with { NextReservation = 9 }, first, Token)).ShouldBeTrue();

        (await Store.TryPutBudgetAsync(RunId, Ledger with { NextReservation = 10 }, first, Token)).ShouldBeFalse();
        (await Store.TryPutBudgetAsync(RunId, Ledger with { NextReservation = 11 }, null, Token)).ShouldBeFalse();
        (await Store.GetBudgetAsync(RunId, Token)).Row.NextReservation.ShouldBe(9);
    }

    [Fact]
    public async Task No_charge_of_eight_writers_at_once_is_lost()
    {
        IRunStore[] stores = [Store, Open()];
        await AtOnce(8, async number =>
        {
            for (bool written = false; !written;)
            {
                (BudgetRow row, string? version) = await stores[number % 2].GetBudgetAsync(RunId, Token);
                written = await stores[number % 2].TryPutBudgetAsync(
                    RunId, row with { Spent = row.Spent + new ChatUsage(1, 10, 1, 0) }, version, Token);
            }
        });

        (await Store.GetBudgetAsync(RunId, Token)).Row.Spent.ShouldBe(new ChatUsage(8, 80, 8, 0));
    }

    [Fact]
    public async Task A_deleted_run_has_no_ledger()
    {
        await Store.PutRunAsync(StoreSamples.Run(RunId), Token);
        await Store.TryPutBudgetAsync(RunId, Ledger, null, Token);
        await Store.DeleteRunAsync(RunId, Token);
        (await Store.GetBudgetAsync(RunId, Token)).Version.ShouldBeNull();
    }
}
