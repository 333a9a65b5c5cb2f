namespace PelNas.Shared.Tests.Storage.Rows;

public abstract partial class RowStoreConformance
{
    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(250)]
    public async Task A_batch_of_any_size_is_written_and_may_be_written_again(int rows)
    {
        (await Store.TryPutBatchAsync(Table, Partition, Numbered(rows, number => $"{number}"), Cancellation)).ShouldBeTrue();
        (await Open().TryPutBatchAsync(Table, Partition, Numbered(rows, number => $"{number + 1}"), Cancellation)).ShouldBeTrue();
        (await BodiesAsync(All())).ShouldBe(Enumerable.Range(1, rows).Select(number => $"{number}"));
    }

    [Fact]
    public async Task A_batch_of_more_than_4_MiB_is_written()
    {
        RowWrite[] writes = Numbered(40, number => Noise(200_000, number));
        (await Store.TryPutBatchAsync(Table, Partition, writes, Cancellation)).ShouldBeTrue();
        (await BodiesAsync(All())).ShouldBe(writes.Select(write => write.Body));
    }

    [Fact]
    public async Task The_largest_rows_with_the_longest_keys_are_written_in_a_batch()
    {
        string partition = new('世', 512);
        string prefix = new('é', 502);
        RowWrite[] writes = [.. Enumerable.Range(0, 6).Select(number => new RowWrite(prefix + Number(number), Noise(930_000, number)))];
        (await Store.TryPutBatchAsync(Table, partition, writes, Cancellation)).ShouldBeTrue();
        (await BodiesAsync(All(partition))).ShouldBe(writes.Select(write => write.Body));
        (await KeysAsync(All(partition).After(writes[2].Key))).ShouldBe(
            writes[3..].Select(write => write.Key), "the successor of the longest key is a bound");
        await Store.DeletePartitionAsync(Table, partition, Cancellation);
        (await KeysAsync(All(partition))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rows_of_a_batch_have_conditions_of_their_own()
    {
        string etag = (await Store.TryPutAsync(Id("b"), "1", RowCondition.Any, Cancellation))!;
        RowWrite[] writes = [new("a", "2"), new("b", "2", RowCondition.Unchanged(etag)), new("c", "2", RowCondition.Absent)];
        (await Store.TryPutBatchAsync(Table, Partition, writes, Cancellation)).ShouldBeTrue();
        (await BodiesAsync(All())).ShouldBe(["2", "2", "2"]);
        (await Store.TryPutBatchAsync(Table, Partition, writes, Cancellation)).ShouldBeFalse("neither condition holds any more");
    }

    public static TheoryData<string> FailingConditions => ["present", "changed", "missing"];

    [Theory]
    [MemberData(nameof(FailingConditions))]
    public async Task A_condition_that_fails_keeps_its_chunk_and_the_later_ones_from_being_written(string failing)
    {
        string etag = (await Store.TryPutAsync(Id(Number(150)), "old", RowCondition.Any, Cancellation))!;
        RowWrite[] writes = Numbered(300, _ => "new");
        (int index, RowCondition condition) = failing switch
        {
            "present" => (150, RowCondition.Absent),
            "changed" => (150, RowCondition.Unchanged(etag)),
            _ => (151, RowCondition.Unchanged(etag)),
        };
        writes[index] = writes[index] with { Condition = condition };
        await Store.TryPutAsync(Id(Number(150)), "old", RowCondition.Any, Cancellation);
        (await Store.TryPutBatchAsync(Table, Partition, writes, Cancellation)).ShouldBeFalse();
        (await BodiesAsync(All())).ShouldBe(
            [.. Enumerable.Repeat("new", 100), "old"], "the first chunk is written, and nothing of the second and the third");
    }

    [Fact]
    public async Task A_batch_that_is_refused_writes_nothing()
    {
        RowWrite[] writes = Numbered(150, _ => "{}");
        RowWrite[] refused = [new("a/b", "{}"), new("", "{}"), new(Number(3), "{}"), new("a", Noise(1_000_000)), new("a", "\uD83D")];
        foreach (RowWrite wrong in refused)
        {
            await Should.ThrowAsync<ArgumentException>(() => Store.TryPutBatchAsync(Table, Partition, [.. writes, wrong], Cancellation));
        }

        (await KeysAsync(All())).ShouldBeEmpty();
    }
}
