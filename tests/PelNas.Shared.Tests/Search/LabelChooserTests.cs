namespace PelNas.Shared.Tests.Search;

public sealed class LabelChooserTests
{
    private readonly StepHarness _search = new();

    [Theory]
    [InlineData("validation")]
    [InlineData("test")]
    public async Task Labels_are_the_accuracies_asked_for_and_stay_within_the_budget(string labelsFrom)
    {
        await _search.SearchAsync(generations: 3, StepHarness.Fpga with { Generations = 3, MaxLabels = 50, LabelsFrom = labelsFrom });

        CandidateRow[] labelled = await _search.LabelledAsync();
        labelled.Length.ShouldBe(50);
        IReadOnlyList<double> truth = StepHarness.Tables.GetContext("cifar10", "fpga").Labels(labelsFrom);
        labelled.ShouldAllBe(row => row.Accuracy == truth[row.Index]);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(14)]
    [InlineData(30)]
    public async Task A_small_budget_pays_for_one_cell_without_a_live_path_at_most(int maxLabels)
    {
        await _search.SearchAsync(generations: 10, StepHarness.Fpga with { Device = "raspi4", MaxLabels = maxLabels });

        CandidateRow[] labelled = await _search.LabelledAsync();
        labelled.Length.ShouldBe(maxLabels);
        labelled.Count(row => !StepHarness.Tables.Space.IsConnected(row.Index)).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task Running_the_step_twice_pays_no_label_twice()
    {
        Interrupted oracle = new(int.MaxValue);
        _search.Oracle = oracle;
        await _search.SearchAsync(generations: 1);
        int paid = oracle.Paid;

        int labels = await _search.ChooseLabelsAsync(1);
        (await new StepHarness(rows: _search.Rows) { Oracle = oracle }.ChooseLabelsAsync(1)).ShouldBe(labels);

        oracle.Paid.ShouldBe(paid);
        (await LabelsAsync(_search)).Count.ShouldBe(paid);
    }

    [Fact]
    public async Task A_step_cut_short_between_its_rounds_chooses_the_same_when_it_runs_again()
    {
        SearchRequest request = StepHarness.Fpga with { Generations = 1, MaxLabels = 60 };
        StepHarness whole = new();
        await whole.SearchAsync(generations: 1, request);

        // The seed population pays once, so that this stops the first generation in its second round.
        _search.Oracle = new Interrupted(3);
        await Should.ThrowAsync<TimeoutException>(() => _search.SearchAsync(generations: 1, request));
        await _search.ChooseLabelsAsync(1);

        (await LabelsAsync(_search)).ShouldBe(await LabelsAsync(whole));
    }

    [Theory]
    [InlineData("cifar10", "fpga", 120, null)]
    [InlineData("cifar10", "raspi4", 60, 0.5)]
    [InlineData("imagenet16-120", "eyeriss", 60, null)]
    public async Task No_function_is_labelled_twice_and_each_at_its_fastest_cell_within_the_limits(
        string dataset, string device, int maxLabels, double? maxParamsM)
    {
        await _search.SearchAsync(generations: 5, new SearchRequest
        {
            Dataset = dataset,
            Device = device,
            Generations = 5,
            MaxLabels = maxLabels,
            MaxParamsM = maxParamsM,
        });

        RunContext context = await _search.ContextAsync();
        int[] labelled = [.. (await LabelsAsync(_search)).Select(label => label.Index)];
        labelled.Length.ShouldBe(maxLabels);
        labelled.Select(context.Space.FunctionId).ShouldBeUnique();
        ILookup<int, double> latencies = Enumerable.Range(0, context.Space.Size)
            .Where(index => context.WhyOverConstraint(index) is null)
            .ToLookup(context.Space.FunctionId, index => context.Benchmark.LatencyMs[index]);
        labelled.ShouldAllBe(index => context.Benchmark.LatencyMs[index] == latencies[context.Space.FunctionId(index)].Min());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Where_the_limits_leave_few_functions_each_is_labelled_once_and_none_is_left(int seed)
    {
        SearchRequest request = StepHarness.Fpga with { Seed = seed, MaxLatencyMs = 1.2, MaxLabels = 30, Generations = 3 };
        await _search.SearchAsync(generations: 3, request);

        RunContext context = await _search.ContextAsync();
        int[] labelled = [.. (await LabelsAsync(_search)).Select(label => context.Space.FunctionId(label.Index))];
        int[] functions =
        [
            .. Enumerable.Range(0, context.Space.Size)
                .Where(index => context.Benchmark.LatencyMs[index] <= 1.2 && context.Space.IsConnected(index))
                .Select(context.Space.FunctionId).Distinct(),
        ];
        labelled.ShouldBe(functions, ignoreOrder: true);
        (await _search.PublishAsync(3)).Unlabelled.ShouldBe(0);
    }

    private static async Task<IReadOnlyList<(int Index, double Accuracy)>> LabelsAsync(StepHarness search)
        => [.. (await search.LabelledAsync()).Select(row => (row.Index, row.Accuracy!.Value))];

    /// <summary>Fails once, when it is requested the given time, and counts the labels that it gave.</summary>
    private sealed class Interrupted(int failing) : IAccuracyOracle
    {
        private readonly TabularOracle _tables = new();
        private int _asked;

        public int Paid { get; private set; }

        public async Task<IReadOnlyList<double>> LabelAsync(
            BenchmarkContext context, string labelsFrom, IReadOnlyList<int> indices, CancellationToken cancellationToken)
        {
            if (++_asked == failing)
            {
                throw new TimeoutException();
            }

            Paid += indices.Count;
            return await _tables.LabelAsync(context, labelsFrom, indices, cancellationToken);
        }
    }
}
