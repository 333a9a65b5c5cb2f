namespace PelNas.Shared.Tests.Storage;

public sealed class LabelRepositoryTests : RepositoryTest
{
    private readonly CountingRowStore _rows = new();

    [Fact]
    public async Task Labels_are_asked_for_in_one_write_so_that_nobody_reads_half_of_them()
    {
        LabelRepository labels = new(_rows);
        await labels.AddAsync(StoreSamples.RunId, [Asked(8), Asked(3), Asked(5)], Cancellation);

        _rows.Writes.ShouldBe(1);
        (await labels.ListAsync(StoreSamples.RunId, Cancellation)).Select(label => label.Index).ShouldBe([3, 5, 8]);
    }

    [Fact]
    public async Task What_was_asked_for_before_stays_as_it_is()
    {
        LabelRepository labels = new(_rows);
        await labels.AddAsync(StoreSamples.RunId, [Asked(3), Asked(5)], Cancellation);
        await labels.ChangeAsync(StoreSamples.RunId, 3, label => label with { Accuracy = 91.5, ToldAt = Noon }, Cancellation);
        await labels.AddAsync(StoreSamples.RunId, [Asked(5), Asked(3), Asked(7)], Cancellation);

        IReadOnlyList<LabelRow> listed = await labels.ListAsync(StoreSamples.RunId, Cancellation);
        listed.Select(label => label.Index).ShouldBe([3, 5, 7]);
        listed[0].Accuracy.ShouldBe(91.5);
    }

    [Fact]
    public async Task Two_who_ask_at_once_each_find_theirs()
    {
        LabelRepository labels = new(_rows);
        int[][] asked = [.. Enumerable.Range(0, 20).Select(from => Enumerable.Range(from, 30).ToArray())];
        await Task.WhenAll(asked.Select(
            indices => Task.Run(() => labels.AddAsync(StoreSamples.RunId, [.. indices.Select(Asked)], Cancellation))));

        (await labels.ListAsync(StoreSamples.RunId, Cancellation)).Select(label => label.Index).ShouldBe(Enumerable.Range(0, 49));
    }

    private static LabelRow Asked(int index) => new() { Index = index, Generation = 1, AskedAt = Noon };
}
