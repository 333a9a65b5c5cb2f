using PelNas.Shared.Common;
using PelNas.Shared.Storage;


namespace PelNas.Shared.Tests.Storage;

/// <summary>
/// What every <see cref="IRunStore"/> must do. A store takes part by deriving a test class that opens it on storage of its own
/// for each test.
/// </summary>
public abstract partial class RunStoreConformance
{
    protected const string RunId = StoreSamples.RunId;

    private IRunStore? _store;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The store under test.</summary>
    protected IRunStore Store => _store ??= Open();

    /// <summary>Another instance on the same storage, as a second process would have.</summary>
    protected abstract IRunStore Open();

    /// <summary>Compares by content: records that hold lists are equal only by reference.</summary>
    protected static void ShouldBeSame<T>(T? actual, T? expected) => PelNasJson.Serialize(actual).ShouldBe(PelNasJson.Serialize(expected));

    /// <summary>Runs the actions at the same time, each on a thread of its own from the start.</summary>
    protected static Task AtOnce(int count, Func<int, Task> action)
    {
        Barrier barrier = new(count);
        return Task.WhenAll(Enumerable.Range(0, count).Select(number => Task.Factory.StartNew(
            async () =>
            {
                barrier.SignalAndWait(TimeSpan.FromSeconds(30)).ShouldBeTrue("all writers should have started within 30 s");
                await action(number);
            },
            Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));
    }

    [Fact]
    public async Task A_cancelled_call_writes_and_reads_nothing()
    {
        CancellationToken cancelled = new(canceled: true);
        await Should.ThrowAsync<OperationCanceledException>(() => Store.PutRunAsync(StoreSamples.Run(), cancelled));
        await Should.ThrowAsync<OperationCanceledException>(() => Store.GetRunAsync(RunId, cancelled));
        (await Store.GetRunAsync(RunId, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task What_one_instance_wrote_another_reads()
    {
        await Store.PutRunAsync(StoreSamples.Run(), Token);
        IRunStore other = Open();
        ShouldBeSame(await other.GetRunAsync(RunId, Token), StoreSamples.Run());
        await other.PublishFrontAsync(RunId, StoreSamples.Front(1, 3), Token);
        ShouldBeSame(await Store.GetFrontAsync(RunId, null, Token), StoreSamples.Front(1, 3));
    }

    [Theory]
    [InlineData("")]
    [InlineData("run")]
    [InlineData("20260301-120000-")]
    [InlineData("20260301-120000-A")]
    [InlineData("20260301-120000-a/b")]
    [InlineData("20260301-120000-a\n")]
    [InlineData("20261301-120000-a")]
    public async Task Every_method_refuses_what_is_not_a_run_id(string runId)
    {
        Func<Task>[] calls =
        [
            () => Store.PutRunAsync(StoreSamples.Run(runId), Token),
            () => Store.GetRunAsync(runId, Token),
            () => Store.DeleteRunAsync(runId, Token),
            () => Store.ReopenRunAsync(runId, Token),
            () => Store.MergeCandidatesAsync(runId, 0, [StoreSamples.Candidate(1)], Token),
            () => Store.GetCandidatesAsync(runId, 0, Token),
            () => Store.PutRoundAsync(runId, StoreSamples.Round(0, 0), Token),
            () => Store.GetRoundAsync(runId, 0, 0, Token),
            () => Store.GetRoundsAsync(runId, Token),
            () => Store.PutHeuristicsAsync(runId, StoreSamples.Heuristics(0, 0), Token),
            () => Store.GetHeuristicsAsync(runId, 0, Token),
            () => Store.PublishFrontAsync(runId, StoreSamples.Front(0, 1), Token),
            () => Store.GetFrontAsync(runId, null, Token),
            () => Store.GetFrontVersionsAsync(runId, Token),
            () => Store.ChangeRunAsync(runId, _ => null, Token),
            () => Store.ChangeRoundAsync(runId, 0, 0, _ => null, Token),
            () => Store.GetBudgetAsync(runId, Token),
            () => Store.TryPutBudgetAsync(runId, Ledger, null, Token),
        ];
        foreach (Func<Task> call in calls)
        {
            (await Should.ThrowAsync<ArgumentException>(call)).Message.ShouldContain("is not a run id");
        }
    }
}
