namespace PelNas.Shared.Tests.Search;

public sealed class ComputedScoresTests
{
    private static readonly BenchmarkTables Tables = StepHarness.Tables;

    private static readonly ImagesRoot NoImages = new("");

    private readonly ProxyScoreRepository _store = new(new MemoryRowStore());

    [Fact]
    public async Task Scores_are_those_of_the_table_that_ships_which_has_seven_digits()
    {
        ComputedScores scores = new(_store, new TorchProxyScorers(), Tables.Space, NoImages);
        int[] functions = [.. new[] { 1, 777, 6111, 9930, 15624 }.Select(Tables.Space.FunctionId)];
        (await ComputeAsync(scores, functions)).ShouldBe(functions.Length);

        int[] representatives = ProxyTable.Representatives(Tables.Space);
        IReadOnlyDictionary<int, ProxyScoreRow> computed = await scores.GetAsync(ProxyTable.Shipped, functions, Cancellation);
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
        ComputedScores scores = new(_store, first, Tables.Space, NoImages);
        (await ComputeAsync(scores, [1, 2, 3])).ShouldBe(3);
        (await ComputeAsync(scores, [3, 4])).ShouldBe(1);

        FakeScorers second = new();
        (await ComputeAsync(new ComputedScores(_store, second, Tables.Space, NoImages), [1, 2, 3, 4, 5])).ShouldBe(1);
        (first.Scored, second.Scored).ShouldBe((4, 1));
        (await new ComputedScores(_store, second, Tables.Space, NoImages)
            .GetAsync(ProxyTable.SettingsOf(DatasetShape.Of(DeviceCatalog.Cifar100)), [1], Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_that_is_cancelled_stops_after_the_architecture_in_hand_and_keeps_what_is_done()
    {
        using CancellationTokenSource cancel = new();
        FakeScorers scorers = new() { OnScore = number => { if (number == 11) { cancel.Cancel(); } } };
        ComputedScores scores = new(_store, scorers, Tables.Space, NoImages);
        int[] functions = [.. Enumerable.Range(100, 20)];
        await Should.ThrowAsync<OperationCanceledException>(
            () => scores.ComputeAsync(ProxyTable.Shipped, functions, StepHarness.RunId, 0, cancel.Token));

        scorers.Scored.ShouldBe(11);
        (await ComputeAsync(new ComputedScores(_store, scorers, Tables.Space, NoImages), functions)).ShouldBe(9);
        scorers.Open.ShouldBe(0);
    }

    [Fact]
    public async Task Partitions_that_ask_at_the_same_time_share_one_scorer_and_what_it_finds()
    {
        FakeScorers scorers = new();
        ComputedScores scores = new(_store, scorers, Tables.Space, NoImages);
        int[] functions = [.. Enumerable.Range(0, 40)];
        int[] computed = await Task.WhenAll(Enumerable.Range(0, 4).Select(partition => Task.Run(
            () => scores.ComputeAsync(ProxyTable.Shipped, functions, StepHarness.RunId, partition, Cancellation), Cancellation)));

        computed.Sum().ShouldBe(40);
        (scorers.Scored, scorers.MostOpen).ShouldBe((40, 1));
    }

    [Fact]
    public async Task A_search_that_trains_scores_networks_on_its_images()
    {
        using TemporaryFolder root = new();
        string folder = Directory.CreateDirectory(Path.Combine(root.Path, "tools")).FullName;
        await File.WriteAllBytesAsync(
            Path.Combine(folder, "data_batch_1.bin"),
            [.. Enumerable.Range(0, 40 * 3073).Select(i => (byte)(i % 3073 == 0 ? i / 3073 % 10 : i * i % 251))], Cancellation);
        ComputedScores scores = new(_store, new TorchProxyScorers(), Tables.Space, new ImagesRoot(root.Path));
        SearchRequest request = new()
        {
            Dataset = "tools",
            Labels = new LabelRequest { By = LabelProviders.Training, Training = new TrainingRequest { Images = "tools" } },
        };

        request.ScoresFrom().ShouldBe(ProxyScoreSources.Compute);
        (request with { Predictor = PredictorInputs.Paths }).ScoresFrom().ShouldBe(ProxyScoreSources.Table);
        (request with { ProxyScores = ProxyScoreSources.Table }).ScoresFrom().ShouldBe(ProxyScoreSources.Table);
        new SearchRequest().ScoresFrom().ShouldBe(ProxyScoreSources.Table);
        ProxySettings settings = scores.SettingsOf(request, new DatasetShape(8, 10));
        settings.Images.ShouldBe(folder);
        settings.Version.ShouldStartWith("r2-c8-n1-8px-10-b32-s1-images");
        int function = Tables.Space.FunctionId(6111);
        (await scores.ComputeAsync(settings, [function], StepHarness.RunId, partition: 0, Cancellation)).ShouldBe(1);
        double onImages = (await scores.GetAsync(settings, [function], Cancellation))[function].Nwot!.Value;
        ProxySettings noise = settings with { Images = null };
        await scores.ComputeAsync(noise, [function], StepHarness.RunId, partition: 0, Cancellation);
        onImages.ShouldNotBe((await scores.GetAsync(noise, [function], Cancellation))[function].Nwot!.Value);
    }

    private static double Shipped(string proxy, int index) => Tables.GetProxyScore(DeviceCatalog.Cifar10, proxy)[index];

    private static Task<int> ComputeAsync(ComputedScores scores, int[] functions)
        => scores.ComputeAsync(ProxyTable.Shipped, functions, StepHarness.RunId, partition: 0, Cancellation);

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
