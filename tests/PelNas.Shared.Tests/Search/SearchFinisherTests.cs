using PelNas.Shared.Tests.Storage;

namespace PelNas.Shared.Tests.Search;

public sealed class SearchFinisherTests
{
    private static readonly DateTimeOffset End = new(2026, 3, 1, 13, 0, 0, TimeSpan.Zero);

    private readonly RunRepository _runs = new(new MemoryRowStore());

    [Theory]
    [InlineData("offline", false)]
    [InlineData("openai/m", true)]
    public async Task The_end_is_recorded_with_what_a_proposer_that_is_paid_has_cost_at_most(string proposer, bool isPaid)
    {
        ModelPrice price = new("m", 1, 2, "settings");
        RunRow run = StoreSamples.Run() with { Proposer = proposer, FinishedAt = null, StopReason = null, Price = price };
        await _runs.AddAsync(run, Cancellation);
        SpendingRow spending = StoreSamples.Spending(0, 1) with { InFlight = null, Unconfirmed = new ChatUsage(1, 100, 20, 0.125) };
        await _runs.TryPutSpendingAsync(run.RunId, spending, null, Cancellation);
        await _runs.TryPutSpendingAsync(
            run.RunId, new SpendingRow { Partition = 1, Generation = 1, InFlight = new ChatUsage(1, 10, 10, 0.25) }, null, Cancellation);

        RunRow ended = await new SearchFinisher(_runs).FinishAsync(run.RunId, StopReasons.Labels, End, Cancellation);

        (ended.StopReason, ended.FinishedAt).ShouldBe((StopReasons.Labels, End));
        ended.Spent.ShouldBe(isPaid ? new ChatUsage(4, 1010, 210, 0.75) : null);
        ended.Unconfirmed.ShouldBe(isPaid ? new ChatUsage(2, 110, 30, 0.375) : null);
        PelNasJson.Serialize(await _runs.GetAsync(run.RunId, Cancellation)).ShouldBe(PelNasJson.Serialize(ended));
    }
}
