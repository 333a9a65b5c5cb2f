namespace PelNas.Shared.Tests.Storage.Rows;

public abstract partial class RowStoreConformance
{
    private const int Writers = 8;

    [Fact]
    public Task Of_many_writers_who_need_absence_one_wins() => OneWinsAsync(RowCondition.Absent);

    [Fact]
    public async Task Of_many_writers_who_name_the_same_ETag_one_wins()
        => await OneWinsAsync(RowCondition.Unchanged((await Store.TryPutAsync(Id("a"), "first", RowCondition.Any, Cancellation))!));

    [Fact]
    public async Task Of_many_batches_that_need_absence_one_wins_with_all_its_rows()
    {
        IRowStore[] stores = [Store, Open()];
        bool[] won = new bool[Writers];
        await AtOnce(Writers, async number =>
        {
            IEnumerable<string> keys = Enumerable.Range(0, 20).Select(row => Number((row + (7 * number)) % 20));
            RowWrite[] writes = [.. keys.Select(key => new RowWrite(key, $"{number}", RowCondition.Absent))];
            won[number] = await stores[number % 2].TryPutBatchAsync(Table, Partition, writes, Cancellation);
        });
        won.Count(one => one).ShouldBe(1);
        (await BodiesAsync(All())).ShouldBe(Enumerable.Repeat($"{Array.IndexOf(won, true)}", 20));
    }

    [Fact]
    public async Task A_deletion_and_a_write_that_name_the_same_ETag_cannot_both_win()
    {
        for (int time = 0; time < 10; time++)
        {
            string etag = (await Store.TryPutAsync(Id("a"), "first", RowCondition.Any, Cancellation))!;
            IRowStore[] stores = [Store, Open()];
            bool wrote = false;
            bool deleted = false;
            await AtOnce(2, async role =>
            {
                if (role == 0)
                {
                    wrote = await stores[0].TryPutAsync(Id("a"), "second", RowCondition.Unchanged(etag), Cancellation) is not null;
                }
                else
                {
                    deleted = await stores[1].TryDeleteAsync(Id("a"), RowCondition.Unchanged(etag), Cancellation);
                }
            });
            (wrote ^ deleted).ShouldBeTrue();
            (await Store.GetAsync(Id("a"), Cancellation) is not null).ShouldBe(wrote);
        }
    }

    [Fact]
    public async Task No_change_of_many_writers_at_once_is_lost()
    {
        IRowStore[] stores = [Store, Open()];
        await AtOnce(Writers, number => stores[number % 2].ChangeAsync(
            Id("a"),
            body => (int.Parse(body ?? "0", CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture), Cancellation));
        (await Store.GetAsync(Id("a"), Cancellation))!.Body.ShouldBe($"{Writers}");
    }

    [Fact]
    public async Task Many_writers_of_different_rows_do_not_disturb_each_other()
    {
        IRowStore[] stores = [Store, Open()];
        await AtOnce(Writers, async number =>
        {
            for (int row = 0; row < 25; row++)
            {
                RowId id = Id(Number((100 * number) + row));
                (await stores[number % 2].TryPutAsync(id, $"{number}", RowCondition.Absent, Cancellation)).ShouldNotBeNull();
            }
        });
        (await BodiesAsync(All())).ShouldBe(Enumerable.Range(0, Writers * 25).Select(row => $"{row / 25}"));
    }

    [Fact]
    public async Task A_reader_sees_a_row_whole_while_it_is_rewritten()
    {
        List<string> bodies = [Noise(200_000, 1), Noise(300_000, 2), Noise(1_000, 3)];
        IRowStore other = Open();
        await other.TryPutAsync(Id("a"), bodies[0], RowCondition.Any, Cancellation);
        bool done = false;
        await AtOnce(2, async role =>
        {
            if (role == 0)
            {
                for (int time = 0; time < 20; time++)
                {
                    await other.TryPutAsync(Id("a"), bodies[time % 3], RowCondition.Any, Cancellation);
                }

                Volatile.Write(ref done, true);
                return;
            }

            bool final;
            do
            {
                final = Volatile.Read(ref done);
                bodies.Contains((await Store.GetAsync(Id("a"), Cancellation))!.Body).ShouldBeTrue();
                bodies.Contains((await Store.QueryAsync(All(), Cancellation).SingleAsync(Cancellation)).Body).ShouldBeTrue();
            }
            while (!final);
        });
    }

    private async Task OneWinsAsync(RowCondition condition)
    {
        IRowStore[] stores = [Store, Open()];
        string?[] etags = new string?[Writers];
        await AtOnce(Writers, async number
            => etags[number] = await stores[number % 2].TryPutAsync(Id("a"), $"{number}", condition, Cancellation));
        int winner = Array.FindIndex(etags, etag => etag is not null);
        etags.Count(etag => etag is not null).ShouldBe(1);
        (await Store.GetAsync(Id("a"), Cancellation)).ShouldBe(new StoredRow(Id("a"), etags[winner]!, $"{winner}"));
    }
}
