namespace PelNas.Shared.Tests.Storage;

/// <summary>About what a run has spent.</summary>
public sealed partial class RunRepositoryTests
{
    private static readonly SpendingRow Spending = StoreSamples.Spending(partition: 2, generation: 1);

    [Fact]
    public async Task What_is_spent_is_not_overwritten_when_it_changed_meanwhile()
    {
        (SpendingRow none, string? noETag) = await _runs.GetSpendingAsync(RunId, 2, 1, Cancellation);
        none.ShouldBe(new SpendingRow { Partition = 2, Generation = 1 });
        noETag.ShouldBeNull();

        (await _runs.TryPutSpendingAsync(RunId, Spending, null, Cancellation)).ShouldNotBeNull();
        (SpendingRow first, string? etag) = await _runs.GetSpendingAsync(RunId, 2, 1, Cancellation);
        first.ShouldBe(Spending);
        (await _runs.TryPutSpendingAsync(RunId, Spending with { Refused = 9 }, etag, Cancellation)).ShouldNotBeNull();
        (await _runs.TryPutSpendingAsync(RunId, Spending with { Refused = 10 }, etag, Cancellation)).ShouldBeNull();
        (await _runs.TryPutSpendingAsync(RunId, Spending with { Refused = 11 }, null, Cancellation)).ShouldBeNull();
        (await _runs.GetSpendingAsync(RunId, 2, 1, Cancellation)).Row.Refused.ShouldBe(9);
    }

    [Fact]
    public async Task What_partitions_have_spent_is_listed_by_generation()
    {
        (int Partition, int Generation)[] places = [(1, 2), (0, 1), (0, 11), (5, 2)];
        foreach ((int partition, int generation) in places)
        {
            await _runs.TryPutSpendingAsync(RunId, Spending with { Partition = partition, Generation = generation }, null, Cancellation);
        }

        (await _runs.ListSpendingAsync(RunId, Cancellation)).Select(row => (row.Partition, row.Generation))
            .ShouldBe([(0, 1), (1, 2), (5, 2), (0, 11)]);
    }
}
