using MathNet.Numerics.Statistics;
using PelNas.Shared.Benchmarks;
using PelNas.Shared.Scoring.ZeroCost;
using PelNas.Shared.Scoring.ZeroCost.Torch.Proxies;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Storage;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Scoring.ZeroCost;

public sealed class ProxyScoresTests : IDisposable
{
    private static readonly BenchmarkTables Tables = BenchmarkTables.OpenDefault();
    private static readonly NasBench201 Space = NasBench201.Instance;

    private readonly TemporaryDirectory _folder = new();
    private readonly SqliteProxyScoreStore _store;
    private readonly ProxyScores _scores;

    public ProxyScoresTests()
    {
        _store = new SqliteProxyScoreStore(_folder.File("store.db"));
        _scores = new ProxyScores(Tables, _store);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scores_are_computed_once_for_a_function_and_stored()
    {
        (int first, int second) = IsomorphicPair();
        Counter counter = new();
        IReadOnlyDictionary<int, double?[]> scores = await _scores.GetAsync("cifar100", [first, second, 4], counter, Cancellation);
        counter.Reports.ShouldBe([(1, 2), (2, 2)]);
        scores[second].ShouldBe(scores[first]);
        scores[first].Length.ShouldBe(ProxyTable.Proxies.Count);

        using ProxyScores later = new(Tables, _store);
        IReadOnlyDictionary<int, double?[]> again = await later.GetAsync("cifar100", [second, 4], counter, Cancellation);
        counter.Reports.Count.ShouldBe(2);
        again[second].ShouldBe(scores[first]);
        again[4].ShouldBe(scores[4]);
    }

    [Fact]
    public async Task Scores_of_other_settings_are_not_taken()
    {
        await _store.PutAsync("other", new Dictionary<int, double?[]> { [Space.FunctionId(4)] = [1, 2, 3, 4, 5] }, Cancellation);
        Counter counter = new();
        await _scores.GetAsync("cifar100", [4], counter, Cancellation);
        counter.Reports.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_cancelled_step_keeps_what_it_has_stored()
    {
        int[] indices = [.. Enumerable.Range(0, 40)];
        using CancellationTokenSource cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await Should.ThrowAsync<OperationCanceledException>(
            () => _scores.GetAsync("cifar100", indices, new Counter { At = (20, cancel.Cancel) }, cancel.Token));
        (await _store.GetAsync(ProxyTable.SettingsOf("cifar100").Version, Cancellation)).Count.ShouldBe(16);
    }

    [Fact]
    public void Every_function_has_one_representative_with_no_more_parameters_than_the_others()
    {
        int[] representatives = ProxyTable.Representatives(Space);
        representatives.Length.ShouldBe(6466);
        for (int index = 0; index < Space.Size; index++)
        {
            int representative = representatives[Space.FunctionId(index)];
            Space.FunctionId(representative).ShouldBe(Space.FunctionId(index));
            Space.ParamsM(representative).ShouldBeLessThanOrEqualTo(Space.ParamsM(index));
        }
    }

    /// <summary>The table that ships is what this program computes, to its seven digits.</summary>
    [Fact]
    public async Task The_table_that_ships_has_the_scores_that_are_computed()
    {
        Tables.HasProxyScores("cifar10").ShouldBeTrue();
        using ProxyScorer scorer = new(ProxyTable.SettingsOf("cifar10"), ProxyTable.Proxies);
        int[] representatives = [.. ProxyTable.Representatives(Space).Order()];
        int[] sample = [.. representatives.Where((_, i) => i % 293 == 0)];
        IReadOnlyDictionary<int, double?[]> shipped = await _scores.GetAsync("cifar10", sample, null, Cancellation);
        foreach (int index in sample)
        {
            IReadOnlyList<ProxyScore> computed = scorer.Score(Space.Genotype(index));
            for (int p = 0; p < computed.Count; p++)
            {
                shipped[index][p].HasValue.ShouldBe(computed[p].Value.HasValue, $"{ProxyTable.Proxies[p]} of {index}");
                if (computed[p].Value is { } value)
                {
                    // Other processors may round sums otherwise, and then a ReLU near zero switches.
                    shipped[index][p]!.Value.ShouldBe(value, 1e-4 * Math.Abs(value), $"{ProxyTable.Proxies[p]} of {index}");
                }
            }
        }
    }

    /// <summary>Others' scores of all architectures, from images and the network of N = 5.</summary>
    [Theory]
    [InlineData("nwot", "naswot")]
    [InlineData("synflow", "synflow")]
    [InlineData("synflow", "logsynflow")]
    public void The_table_that_ships_ranks_the_functions_as_others_scores_do(string proxy, string published)
    {
        double[] ours = Tables.GetProxyScore("cifar10", proxy).Values.ToArray();
        double[] theirs = Tables.GetTrainingFreeScore("cifar10", published).Values.ToArray();
        int[] both = [.. Enumerable.Range(0, Space.Size).Where(index => !double.IsNaN(ours[index]) && !double.IsNaN(theirs[index]))];
        both.Length.ShouldBeGreaterThan(6000);
        Correlation.Spearman(both.Select(index => ours[index]), both.Select(index => theirs[index])).ShouldBeGreaterThanOrEqualTo(0.9);
    }

    public void Dispose()
    {
        _scores.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    private static (int First, int Second) IsomorphicPair()
        => Enumerable.Range(0, Space.Size).GroupBy(Space.FunctionId).Where(group => group.Count() > 1).Select(group => (group.First(), group.Last())).First();

    private sealed class Counter : IProgress<(int Done, int Of)>
    {
        public List<(int Done, int Of)> Reports { get; } = [];

        public (int Done, Action Then)? At { get; init; }

        public void Report((int Done, int Of) value)
        {
            Reports.Add(value);
            if (At is { } at && at.Done == value.Done)
            {
                at.Then();
            }
        }
    }
}
