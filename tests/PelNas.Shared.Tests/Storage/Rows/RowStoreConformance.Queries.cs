namespace PelNas.Shared.Tests.Storage.Rows;

public abstract partial class RowStoreConformance
{
    // In ordinal order.
    private static readonly string[] SortedKeys =
        ["-1", "00", "01", "1", "10", "A", "a", "a:", "a:0", "a:1", "a;", "aa", "b", "b c", "|x~0|", "é", "世", "\uFFFD"];

    [Fact]
    public async Task Rows_are_read_by_key_in_ordinal_order()
    {
        await Store.TryPutBatchAsync(
            Table, Partition, [.. SortedKeys.Reverse().Select(key => new RowWrite(key, $"\"{key}\""))], Cancellation);
        List<StoredRow> rows = await Open().QueryAsync(All(), Cancellation).ToListAsync(Cancellation);
        rows.Select(row => row.Id.Key).ShouldBe(SortedKeys);
        rows.Select(row => row.Body).ShouldBe(SortedKeys.Select(key => $"\"{key}\""));
        foreach (StoredRow row in rows)
        {
            (await Store.GetAsync(row.Id, Cancellation)).ShouldBe(row, "a query and a read of one row give the same, its ETag too");
        }
    }

    [Fact]
    public async Task A_range_has_its_first_key_and_not_its_last()
    {
        await Store.TryPutBatchAsync(Table, Partition, [.. SortedKeys.Select(key => new RowWrite(key, "{}"))], Cancellation);
        for (int from = 0; from < SortedKeys.Length; from += 3)
        {
            for (int to = 0; to < SortedKeys.Length; to += 2)
            {
                RowQuery query = All() with { From = SortedKeys[from], To = SortedKeys[to] };
                (await KeysAsync(query)).ShouldBe(SortedKeys[..to].Skip(from), $"{query}");
            }

            (await KeysAsync(All() with { From = SortedKeys[from] })).ShouldBe(SortedKeys[from..]);
            (await KeysAsync(All() with { To = SortedKeys[from] })).ShouldBe(SortedKeys[..from]);
            (await KeysAsync(All().After(SortedKeys[from]))).ShouldBe(SortedKeys[(from + 1)..]);
        }

        (await KeysAsync(All() with { From = "a!", To = "a~" })).ShouldBe(["a:", "a:0", "a:1", "a;", "aa"], "bounds need not be there");
        (await KeysAsync(All().StartingWith("a:"))).ShouldBe(["a:", "a:0", "a:1"]);
    }

    [Theory]
    [InlineData("a b", "a+b")]
    [InlineData("a+b", "a b")]
    [InlineData("quote'd", "quote''d")]
    [InlineData("50%25", "50%")]
    [InlineData("50%", "50%25")]
    [InlineData("a&$filter=b", "a")]
    [InlineData("a,b", "a")]
    [InlineData("trailing.", "trailing")]
    [InlineData("..", ".")]
    [InlineData(" leading", "leading")]
    [InlineData("trailing ", "trailing")]
    public async Task Keys_that_addresses_and_filters_give_a_meaning_to_are_plain_keys(string key, string near)
    {
        foreach ((RowId id, RowId other) in new[] { (Id(key), Id(near)), (Id("k", partition: key), Id("k", partition: near)) })
        {
            await Store.TryPutAsync(id, "first", RowCondition.Absent, Cancellation);
            (await Store.GetAsync(other, Cancellation)).ShouldBeNull();
            (await Store.TryPutAsync(other, "other", RowCondition.Absent, Cancellation)).ShouldNotBeNull();
            string? etag = await Store.TryPutAsync(id, "second", RowCondition.Any, Cancellation);
            (await Store.TryPutAsync(id, "third", RowCondition.Unchanged(etag!), Cancellation)).ShouldNotBeNull();
            (await Store.GetAsync(id, Cancellation))!.Body.ShouldBe("third");
            (await Store.QueryAsync(All(id.Partition) with { From = id.Key, Limit = 1 }, Cancellation)
                .SingleAsync(Cancellation)).Body.ShouldBe("third");
            (await Store.TryPutBatchAsync(Table, id.Partition, [new(id.Key, "batch"), new("last", "{}")], Cancellation)).ShouldBeTrue();
            (await Store.GetAsync(id, Cancellation))!.Body.ShouldBe("batch");
            (await Store.GetAsync(other, Cancellation))!.Body.ShouldBe("other");
            await Store.TryDeleteAsync(id, RowCondition.Any, Cancellation);
            (await Store.GetAsync(id, Cancellation)).ShouldBeNull();
            (await Store.GetAsync(other, Cancellation)).ShouldNotBeNull();
            await Store.DeletePartitionAsync(Table, id.Partition, Cancellation);
            (await KeysAsync(All(id.Partition))).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(999)]
    [InlineData(1_000)]
    [InlineData(1_001)]
    [InlineData(2_000)]
    [InlineData(2_345)]
    [InlineData(9_999)]
    public async Task Pages_are_joined_and_a_limit_is_exact(int limit)
    {
        const int Rows = 2_345;
        await Store.TryPutBatchAsync(Table, Partition, Numbered(Rows, number => $"{number}"), Cancellation);
        string[] expected = [.. Enumerable.Range(0, Math.Min(limit, Rows)).Select(Number)];
        (await KeysAsync(All() with { Limit = limit })).ShouldBe(expected);
        (await KeysAsync(All() with { Limit = limit, KeysOnly = true })).ShouldBe(expected);
        (await Store.QueryAsync(All() with { Limit = limit, From = Number(Rows - 2) }, Cancellation).Select(row => row.Body)
            .ToListAsync(Cancellation))
            .ShouldBe(new[] { $"{Rows - 2}", $"{Rows - 1}" }.Take(limit));
    }

    [Fact]
    public async Task Keys_come_with_their_ETags_and_without_bodies()
    {
        string? first = await Store.TryPutAsync(Id("a"), Noise(200_000), RowCondition.Any, Cancellation);
        string? second = await Store.TryPutAsync(Id("b"), "{}", RowCondition.Any, Cancellation);
        (await Store.QueryAsync(All() with { KeysOnly = true }, Cancellation).ToListAsync(Cancellation)).ShouldBe(
            [new StoredRow(Id("a"), first!, ""), new StoredRow(Id("b"), second!, "")]);
        (await Store.TryDeleteAsync(Id("a"), RowCondition.Unchanged(first!), Cancellation)).ShouldBeTrue();
    }

    [Fact]
    public async Task Large_rows_are_read_by_pages_that_fit_into_memory_and_none_is_missed()
    {
        string[] bodies = [.. Enumerable.Range(0, 12).Select(number => Noise(900_000, number))];
        await Store.TryPutBatchAsync(Table, Partition, Numbered(bodies.Length, number => bodies[number]), Cancellation);
        (await Store.QueryAsync(All(), Cancellation).Select(row => row.Body).ToArrayAsync(Cancellation)).ShouldBe(bodies);
    }

    [Fact]
    public async Task Rows_that_are_deleted_while_they_are_read_disturb_nobody()
    {
        await Store.TryPutBatchAsync(Table, Partition, Numbered(2_100, number => $"{number}"), Cancellation);
        IRowStore other = Open();
        List<string> read = [];
        await foreach (StoredRow row in Store.QueryAsync(All(), Cancellation))
        {
            read.Add(row.Id.Key);
            row.Body.ShouldBe($"{read.Count - 1}", "each row is whole and comes in its turn");
            if (read.Count == 1)
            {
                await other.DeletePartitionAsync(Table, Partition, Cancellation);
            }
        }

        read.ShouldBe(Enumerable.Range(0, read.Count).Select(Number));
        (await KeysAsync(All())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_row_can_be_rewritten_and_deleted_as_it_is_read()
    {
        const int Rows = 1_030;
        await Store.TryPutBatchAsync(Table, Partition, Numbered(Rows, _ => "{}"), Cancellation);
        int read = 0;
        await foreach (StoredRow row in Store.QueryAsync(All(), Cancellation))
        {
            row.Id.Key.ShouldBe(Number(read++));
            if (read % 10 == 0)
            {
                (await Store.TryDeleteAsync(row.Id, RowCondition.Unchanged(row.ETag), Cancellation)).ShouldBeTrue();
            }
            else if (read % 11 == 0)
            {
                (await Store.TryPutAsync(row.Id, "1", RowCondition.Unchanged(row.ETag), Cancellation)).ShouldNotBeNull();
            }
        }

        read.ShouldBe(Rows, "rows that were there all the time are all read");
        (await KeysAsync(All())).Length.ShouldBe(Rows - (Rows / 10));
    }
}
