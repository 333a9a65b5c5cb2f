using PelNas.Shared.Storage;

namespace PelNas.Shared.Tests.Storage;

/// <summary>What every <see cref="IBudgetStore"/> must do.</summary>
public abstract class BudgetStoreConformance
{
    private const string RunId = StoreSamples.RunId;

    private static readonly BudgetRow First = BudgetRow.Empty with { Spent = new ChatUsage(1, 100, 50, 0.0125), NextReservation = 1 };
    private static readonly BudgetRow Second = First with { InFlight = [new BudgetReservation(1, new ChatUsage(1, 500, 200, 0.05))], NextReservation = 2 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract IBudgetStore Store { get; }

    [Fact]
    public async Task A_run_without_a_ledger_has_an_empty_one_of_no_version() => (await Store.GetBudgetAsync(RunId, Token)).ShouldBe((BudgetRow.Empty, null));

    [Fact]
    public async Task A_ledger_is_read_as_it_was_written()
    {
        (await Store.TryPutBudgetAsync(RunId, First, version: null, Token)).ShouldBeTrue();
        (_, string? version) = await Store.GetBudgetAsync(RunId, Token);
        (await Store.TryPutBudgetAsync(RunId, Second, version, Token)).ShouldBeTrue();
        PelNasJson.Serialize((await Store.GetBudgetAsync(RunId, Token)).Row).ShouldBe(PelNasJson.Serialize(Second));
    }

    [Fact]
    public async Task A_write_on_an_old_version_is_refused_even_of_the_same_content()
    {
        await Store.TryPutBudgetAsync(RunId, First, version: null, Token);
        (_, string? version) = await Store.GetBudgetAsync(RunId, Token);
        (await Store.TryPutBudgetAsync(RunId, Second, version, Token)).ShouldBeTrue();
        (await Store.TryPutBudgetAsync(RunId, Second, version, Token)).ShouldBeFalse();
        (await Store.TryPutBudgetAsync(RunId, First, version: null, Token)).ShouldBeFalse();
        (await Store.GetBudgetAsync(RunId, Token)).Row.NextReservation.ShouldBe(2);
    }

    [Fact]
    public async Task Of_writers_at_the_same_time_each_adds_its_own()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                for (int time = 0; time < 5; time++)
                {
                    bool written;
                    do
                    {
                        (BudgetRow row, string? version) = await Store.GetBudgetAsync(RunId, Token);
                        written = await Store.TryPutBudgetAsync(RunId, row with { Refused = row.Refused + 1 }, version, Token);
                    }
                    while (!written);
                }
            },
            Token)));
        (await Store.GetBudgetAsync(RunId, Token)).Row.Refused.ShouldBe(20);
    }
}
