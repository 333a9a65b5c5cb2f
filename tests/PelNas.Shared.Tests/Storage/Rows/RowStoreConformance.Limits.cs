namespace PelNas.Shared.Tests.Storage.Rows;

public abstract partial class RowStoreConformance
{
    [Theory]
    [InlineData("", "must not be empty")]
    [InlineData("a/b", "U+002F")]
    [InlineData("a\\b", "U+005C")]
    [InlineData("a#b", "U+0023")]
    [InlineData("a?b", "U+003F")]
    [InlineData("a\nb", "U+000A")]
    [InlineData("a\u0000", "U+0000")]
    [InlineData("a\u007Fb", "U+007F")]
    [InlineData("a\u0085b", "U+0085")]
    [InlineData("a🚀", "beyond U+FFFD")]
    [InlineData("a\uFFFF", "beyond U+FFFD")]
    [InlineData("a\uFFFE", "beyond U+FFFD")]
    public async Task Keys_that_the_service_refuses_are_refused_by_all(string key, string reason)
    {
        foreach (RowId id in (RowId[])[Id(key), Id("k", partition: key)])
        {
            Func<Task>[] calls =
            [
                () => Store.GetAsync(id, Cancellation),
                () => Store.TryPutAsync(id, "{}", RowCondition.Any, Cancellation),
                () => Store.TryPutBatchAsync(Table, id.Partition, [new(id.Key, "{}")], Cancellation),
                () => Store.TryDeleteAsync(id, RowCondition.Any, Cancellation),
                () => Store.ChangeAsync(id, body => body, Cancellation),
                () => KeysAsync(All(id.Partition) with { From = id.Key }),
                () => KeysAsync(All(id.Partition) with { To = id.Key }),
            ];
            foreach (Func<Task> call in calls)
            {
                (await Should.ThrowAsync<ArgumentException>(call)).Message.ShouldContain(reason);
            }
        }

        await Should.ThrowAsync<ArgumentException>(() => Store.DeletePartitionAsync(Table, key, Cancellation));
    }

    [Fact]
    public async Task The_longest_key_is_stored_and_one_longer_is_refused()
    {
        string longest = new('世', 512);
        RowId id = new(Table, longest, longest);
        await Store.TryPutAsync(id, "{}", RowCondition.Absent, Cancellation);
        (await Store.GetAsync(id, Cancellation)).ShouldNotBeNull();
        (await KeysAsync(All(longest) with { From = longest })).ShouldBe([longest]);
        foreach (RowId longer in (RowId[])[id with { Key = longest + "a" }, id with { Partition = longest + "a" }])
        {
            (await Should.ThrowAsync<ArgumentException>(() => Store.TryPutAsync(longer, "{}", RowCondition.Any, Cancellation)))
                .Message.ShouldContain("513 characters");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("1abc")]
    [InlineData("a-bc")]
    [InlineData("Täbles")]
    [InlineData("abc\n")]
    [InlineData("a234567890123456789012345678901234567890abcd")]
    public async Task Names_that_no_table_can_have_are_refused(string table)
    {
        (await Should.ThrowAsync<ArgumentException>(() => Store.GetAsync(new(table, "p", "k"), Cancellation)))
            .Message.ShouldContain("cannot name a table");
        await Should.ThrowAsync<ArgumentException>(() => Store.TryPutAsync(new(table, "p", "k"), "{}", RowCondition.Any, Cancellation));
        await Should.ThrowAsync<ArgumentException>(() => Store.TryPutBatchAsync(table, "p", [], Cancellation));
        await Should.ThrowAsync<ArgumentException>(() => Store.DeletePartitionAsync(table, "p", Cancellation));
        await Should.ThrowAsync<ArgumentException>(() => KeysAsync(new RowQuery(table, "p")));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_with_its_row_and_its_sizes()
    {
        string body = Noise(1_000_000);
        ArgumentException refusal = await Should.ThrowAsync<ArgumentException>(
            () => Store.TryPutAsync(Id("a"), body, RowCondition.Any, Cancellation));
        refusal.Message.ShouldContain(Id("a").ToString());
        refusal.Message.ShouldContain("has 1000000 bytes");
        refusal.Message.ShouldContain("At most 720896");
        (await Store.GetAsync(Id("a"), Cancellation)).ShouldBeNull();
        (await Store.TryPutAsync(Id("a"), new string('x', 5_000_000), RowCondition.Any, Cancellation))
            .ShouldNotBeNull("what is stored counts");
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_refused()
        => (await Should.ThrowAsync<ArgumentException>(() => Store.TryPutAsync(Id("a"), "\"\uD83D\"", RowCondition.Any, Cancellation)))
            .Message.ShouldContain(Id("a").ToString());

    [Fact]
    public async Task A_row_that_stands_twice_in_a_batch_is_refused()
        => (await Should.ThrowAsync<ArgumentException>(
            () => Store.TryPutBatchAsync(Table, Partition, [new("a", "1"), new("b", "1"), new("a", "2")], Cancellation)))
            .Message.ShouldContain($"{Id("a")} stands twice");

    [Fact]
    public async Task A_limit_below_one_and_a_deletion_of_what_must_be_absent_are_refused()
    {
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => KeysAsync(All() with { Limit = 0 }));
        await Should.ThrowAsync<ArgumentException>(() => Store.TryDeleteAsync(Id("a"), RowCondition.Absent, Cancellation));
        Should.Throw<ArgumentException>(() => RowCondition.Unchanged(""));
        Should.Throw<ArgumentException>(() => All().StartingWith("a"));
    }
}
