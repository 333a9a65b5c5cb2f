using PelNas.Shared.Records;
using PelNas.Shared.Storage;


namespace PelNas.Shared.Tests.Storage;

/// <summary>The conformance suite in memory, where another instance on the same storage is the instance itself.</summary>
public sealed class InMemoryRunStoreTests : RunStoreConformance
{
    private readonly InMemoryRunStore _store = new();

    protected override IRunStore Open() => _store;

    [Fact]
    public async Task Lists_that_change_after_a_write_do_not_change_what_was_written()
    {
        List<FrontPoint> points = [.. StoreSamples.Front(0, 3).Points];
        await _store.PublishFrontAsync(RunId, new Front(0, points), Token);
        points.Clear();
        ShouldBeSame(await _store.GetFrontAsync(RunId, null, Token), StoreSamples.Front(0, 3));
    }
}
