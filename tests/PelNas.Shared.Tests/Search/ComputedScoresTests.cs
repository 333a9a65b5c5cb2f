using PelNas.Shared.Predictor;
using PelNas.Shared.Records;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Rows;
using PelNas.Shared.Tables;
using PelNas.Shared.Tests.Support;
using PelNas.Shared.Torch;
using PelNas.Shared.Torch.Proxies;


namespace PelNas.Shared.Tests.Search;

public sealed class ComputedScoresTests
{
    private static readonly BenchmarkTables Tables = StepHarness.Tables;

    private readonly ProxyScoreRepository _store = new(new MemoryRowStore());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scores_are_those_of_the_table_that_ships_which_has_seven_digits()
    {
        ComputedScores scores = new(_store, new TorchProxyScorers(), Tables.Space);
        int[] functions = [.. new[] { 1, 777, 6111, 9930, 15624 }.Select(Tables.Space.FunctionId)];
        (await ComputeAsync(scores, functions)).ShouldBe(functions.Length);

        int[] representatives = ProxyTable.Representatives(Tables.Space);
        IReadOnlyDictionary<int, ProxyScoreRow> computed = await scores.GetAsync(DeviceCatalog.Cifar10, functions, Cancellation);
        foreach (int function in functions)
        {
            computed[function].Nwot!.Value.ShouldBe(Shipped("nwot", representatives[function]), 1e-3);
            computed[function].Synflow!.Value.ShouldBe(Shipped("synflow", representatives[function]), 1e-4);
        }
    }

    [Fact]
    public async Task What_the_store_has_is_not_computed_again_in_this_process_or_another()
    {
        FakeScorers first = new();
        ComputedScores scores = new(_store, first, Tables.Space);
        (await ComputeAsync(scores, [1, 2, 3])).ShouldBe(3);
        (await ComputeAsync(scores, [3, 4])).ShouldBe(1);

        FakeScorers second = new();
        (await ComputeAsync(new ComputedScores(_store, second, Tables.Space), [1, 2, 3, 4, 5])).ShouldBe(1);
        (first.Scored, second.Scored).ShouldBe((4, 1));
        (await new ComputedScores(_store, second, Tables.Space).GetAsync(DeviceCatalog.Cifar100, [1], Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_that_is_cancelled_stops_after_the_architecture_in_hand_and_keeps_what_is_done()
    {
        using CancellationTokenSource cancel = new();
        FakeScorers scorers = new() { OnScore = number => { if (number == 11) { cancel.Cancel(); } } };
        ComputedScores scores = new(_store, scorers, Tables.Space);
        int[] functions = [.. Enumerable.Range(100, 20)];
        await Should.ThrowAsync<OperationCanceledException>(() => scores.ComputeAsync(DeviceCatalog.Cifar10, functions, StepHarness.RunId, 0, cancel.Token));

        scorers.Scored.ShouldBe(11);
        (await ComputeAsync(new ComputedScores(_store, scorers, Tables.Space), functions)).ShouldBe(9);
        scorers.Open.ShouldBe(0);
    }

    [Fact]
    public async Task Partitions_that_ask_at_the_same_time_share_one_scorer_and_what_it_finds()
    {
        FakeScorers scorers = new();
        ComputedScores scores = new(_store, scorers, Tables.Space);
        int[] functions = [.. Enumerable.Range(0, 40)];
        int[] computed = await Task.WhenAll(Enumerable.Range(0, 4).Select(partition => Task.Run(
            () => scores.ComputeAsync(DeviceCatalog.Cifar10, functions, StepHarness.RunId, partition, Cancellation), Cancellation)));

        computed.Sum().ShouldBe(40);
        (scorers.Scored, scorers.MostOpen).ShouldBe((40, 1));
    }

    private static double Shipped(string proxy, int index) => Tables.GetProxyScore(DeviceCatalog.Cifar10, proxy).Values[index];

    private static Task<int> ComputeAsync(ComputedScores scores, int[] functions)
        => scores.ComputeAsync(DeviceCatalog.Cifar10, functions, StepHarness.RunId, partition: 0, Cancellation);

    private sealed class FakeScorers : IProxyScorers
    {
        private int _scored;
        private int _open;

        public int Scored => _scored;

        public int Open => _open;

        public int MostOpen { get; private set; }

        public Action<int> OnScore { get; init; } = _ => { };

        public string? WhyNot() => null;

        IProxyScorer IProxyScorers.Open(ProxySettings settings, IReadOnlyList<string> proxies)
        {
            MostOpen = Math.Max(MostOpen, Interlocked.Increment(ref _open));
            return new Scorer(this);
        }

        private sealed class Scorer(FakeScorers owner) : IProxyScorer
        {
            public IReadOnlyList<ProxyScore> Score(ReadOnlySpan<byte> genotype)
            {
                owner.OnScore(Interlocked.Increment(ref owner._scored));
                return [new ProxyScore(300, null), new ProxyScore(20, null)];
            }

            public void Dispose() => Interlocked.Decrement(ref owner._open);
        }
    }
}
