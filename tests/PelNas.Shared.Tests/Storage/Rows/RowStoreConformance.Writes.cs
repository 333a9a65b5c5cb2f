namespace PelNas.Shared.Tests.Storage.Rows;

public abstract partial class RowStoreConformance
{
    [Fact]
    public async Task A_write_on_the_condition_of_absence_never_replaces_a_row()
    {
        string? etag = await Store.TryPutAsync(Id("a"), "1", RowCondition.Absent, Cancellation);
        (await Open().TryPutAsync(Id("a"), "2", RowCondition.Absent, Cancellation)).ShouldBeNull();
        (await Store.GetAsync(Id("a"), Cancellation)).ShouldBe(new StoredRow(Id("a"), etag!, "1"));
    }

    [Fact]
    public async Task A_write_on_the_condition_of_an_ETag_replaces_that_row_only()
    {
        string first = (await Store.TryPutAsync(Id("a"), "1", RowCondition.Any, Cancellation))!;
        string second = (await Open().TryPutAsync(Id("a"), "2", RowCondition.Unchanged(first), Cancellation))!;
        second.ShouldNotBe(first);
        (await Store.TryPutAsync(Id("a"), "3", RowCondition.Unchanged(first), Cancellation)).ShouldBeNull();
        (await Store.GetAsync(Id("a"), Cancellation)).ShouldBe(new StoredRow(Id("a"), second, "2"));
        (await Store.TryPutAsync(Id("b"), "3", RowCondition.Unchanged(second), Cancellation)).ShouldBeNull("there is no such row");
        (await Store.GetAsync(Id("b"), Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task Every_write_changes_the_ETag_even_when_the_body_stays()
    {
        HashSet<string> etags = [];
        for (int time = 0; time < 20; time++)
        {
            etags.Add((await Store.TryPutAsync(Id("a"), "{}", RowCondition.Any, Cancellation))!).ShouldBeTrue();
            await Store.TryDeleteAsync(Id("a"), RowCondition.Any, Cancellation);
            etags.Add((await Store.TryPutAsync(Id("a"), "{}", RowCondition.Absent, Cancellation))!)
                .ShouldBeTrue("another row in its place");
        }
    }

    [Fact]
    public async Task A_write_without_a_condition_may_be_made_twice()
    {
        await Store.TryPutAsync(Id("a"), "1", RowCondition.Any, Cancellation);
        string? etag = await Open().TryPutAsync(Id("a"), "1", RowCondition.Any, Cancellation);
        (await Store.QueryAsync(All(), Cancellation).ToListAsync(Cancellation)).ShouldBe([new StoredRow(Id("a"), etag!, "1")]);
    }

    [Fact]
    public async Task A_deletion_on_the_condition_of_an_ETag_leaves_a_row_that_changed()
    {
        string first = (await Store.TryPutAsync(Id("a"), "1", RowCondition.Any, Cancellation))!;
        string second = (await Store.TryPutAsync(Id("a"), "2", RowCondition.Any, Cancellation))!;
        (await Store.TryDeleteAsync(Id("a"), RowCondition.Unchanged(first), Cancellation)).ShouldBeFalse();
        (await Store.GetAsync(Id("a"), Cancellation))!.Body.ShouldBe("2");
        (await Store.TryDeleteAsync(Id("a"), RowCondition.Unchanged(second), Cancellation)).ShouldBeTrue();
        (await Store.TryDeleteAsync(Id("a"), RowCondition.Unchanged(second), Cancellation))
            .ShouldBeTrue("what is gone need not be deleted");
        (await Store.GetAsync(Id("a"), Cancellation)).ShouldBeNull();
        (await Store.TryPutAsync(Id("a"), "3", RowCondition.Unchanged(second), Cancellation))
            .ShouldBeNull("an ETag of before the deletion");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(1_234)]
    public async Task A_partition_is_deleted_whole_and_may_be_deleted_again(int rows)
    {
        await Store.TryPutBatchAsync(Table, Partition, Numbered(rows, _ => "{}"), Cancellation);
        await Store.TryPutAsync(Id("a", partition: Partition + "0"), "{}", RowCondition.Any, Cancellation);
        await Store.DeletePartitionAsync(Table, Partition, Cancellation);
        await Open().DeletePartitionAsync(Table, Partition, Cancellation);
        (await KeysAsync(All())).ShouldBeEmpty();
        (await KeysAsync(All(Partition + "0"))).ShouldBe(["a"]);
    }

    [Fact]
    public async Task A_change_adds_what_is_not_there_and_sees_what_is()
    {
        (await Store.ChangeAsync(Id("a"), body => body is null ? "1" : "wrong", Cancellation))!.Body.ShouldBe("1");
        StoredRow? changed = await Open().ChangeAsync(Id("a"), body => body + "2", Cancellation);
        changed!.Body.ShouldBe("12");
        (await Store.GetAsync(Id("a"), Cancellation)).ShouldBe(changed);
    }

    [Fact]
    public async Task A_change_to_null_or_to_the_same_writes_nothing()
    {
        (await Store.ChangeAsync(Id("a"), _ => null, Cancellation)).ShouldBeNull();
        (await Store.GetAsync(Id("a"), Cancellation)).ShouldBeNull();
        string? etag = await Store.TryPutAsync(Id("a"), "1", RowCondition.Any, Cancellation);
        (await Store.ChangeAsync(Id("a"), _ => null, Cancellation)).ShouldBe(new StoredRow(Id("a"), etag!, "1"));
        (await Store.ChangeAsync(Id("a"), body => body + "", Cancellation)).ShouldBe(new StoredRow(Id("a"), etag!, "1"));
    }

    [Fact]
    public async Task A_change_that_others_always_get_ahead_of_gives_up_with_a_fault_that_passes()
    {
        IRowStore other = Open();
        int asked = 0;
        StoreException fault = await Should.ThrowAsync<StoreException>(() => Store.ChangeAsync(
            Id("a"),
            _ =>
            {
                other.TryPutAsync(Id("a"), $"{asked++}", RowCondition.Any, Cancellation).GetAwaiter().GetResult();
                return "mine";
            },
            Cancellation));
        fault.Kind.ShouldBe(StoreFaultKind.Passing);
        fault.Message.ShouldContain(Id("a").ToString());
        asked.ShouldBe(30);
    }
}
