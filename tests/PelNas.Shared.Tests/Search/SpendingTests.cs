using PelNas.Shared.Tests.Storage;

namespace PelNas.Shared.Tests.Search;

/// <summary>Accounts of a partition's generation on the store, as two deliveries of a step open them.</summary>
public sealed class SpendingTests
{
    private const string RunId = "20260301-120000-test";

    private static readonly ModelPrice Price = new("m", InputUsdPerMillion: 1, OutputUsdPerMillion: 10, "2026-03-01");
    private static readonly TokenBounds Bounds = new(LeastInput: 1, MostInput: 1000, MostOutput: 900);
    private static readonly ChatUsage Most = new(1, 1000, 900, 0.010);
    private static readonly ChatUsage Charged = new(1, 800, 50, 0.0013);

    private readonly RunRepository _runs = new(new MemoryRowStore());

    [Fact]
    public async Task A_step_that_runs_again_goes_on_with_what_is_spent()
    {
        SpendingAccount first = await OpenAsync();
        await first.ReserveAsync(Bounds, Price);
        await first.SettleAsync(Charged);

        SpendingAccount again = await OpenAsync();

        again.Row.Spent.ShouldBe(Charged);
        (await StoredAsync()).ShouldBe(again.Row);
        (await OpenAsync(partition: 1)).Row.Spent.ShouldBe(ChatUsage.None, "each partition has an account of its own");
        (await OpenAsync(generation: 2)).Row.Spent.ShouldBe(ChatUsage.None, "and each generation");
    }

    [Fact]
    public async Task A_step_whose_process_was_killed_in_a_call_is_charged_the_most_when_it_runs_again()
    {
        await (await OpenAsync()).ReserveAsync(Bounds, Price);

        SpendingAccount again = await OpenAsync();
        await again.ReserveAsync(Bounds, Price);
        await again.SettleAsync(Charged);

        SpendingRow stored = await StoredAsync();
        (stored.Spent.Calls, stored.Unconfirmed, stored.InFlight).ShouldBe((2, Most, null));
    }

    [Fact]
    public async Task Of_two_deliveries_at_the_same_time_one_asks()
    {
        SpendingAccount one = await OpenAsync();
        SpendingAccount other = await OpenAsync();

        await one.ReserveAsync(Bounds, Price);
        await Should.ThrowAsync<InvalidOperationException>(() => other.ReserveAsync(Bounds, Price));
        await one.SettleAsync(Charged);

        (await StoredAsync()).Spent.ShouldBe(Charged);
    }

    [Fact]
    public async Task A_delivery_that_begins_while_another_asks_charges_its_call_at_the_most_and_that_stands()
    {
        SpendingAccount one = await OpenAsync();
        await one.ReserveAsync(Bounds, Price);
        SpendingAccount other = await OpenAsync();
        await other.ReserveAsync(Bounds, Price);

        await one.SettleAsync(Charged);
        await other.SettleAsync(Charged);

        SpendingRow stored = await StoredAsync();
        (stored.Spent.Calls, stored.Unconfirmed).ShouldBe((2, Most));
    }

    [Fact]
    public async Task The_offline_proposer_has_no_account()
    {
        ChatCall call = await new Spending(_runs).OpenAsync(Run(ChatProviders.Offline), 0, 1, Allowance.Unlimited, Cancellation);

        (call.RunId, call.Partition, call.Account).ShouldBe((RunId, 0, null));
    }

    private async Task<SpendingAccount> OpenAsync(int partition = 0, int generation = 1)
    {
        ChatCall call = await new Spending(_runs).OpenAsync(Run("openai/m"), partition, generation, Allowance.Unlimited, Cancellation);
        return call.Account.ShouldNotBeNull();
    }

    private async Task<SpendingRow> StoredAsync() => (await _runs.ListSpendingAsync(RunId, Cancellation)).ShouldHaveSingleItem();

    private static RunRow Run(string proposer) => StoreSamples.Run(RunId) with { Proposer = proposer };
}
