using PelNas.Shared.Predictor;
using PelNas.Shared.Records;
using PelNas.Shared.Tables;
using PelNas.Shared.Tests.Support;


namespace PelNas.Shared.Tests.Search;

public sealed class LabelChooserTests
{
    private readonly StepHarness _search = new();

    [Fact]
    public async Task Labels_are_the_tables_accuracies_and_stay_within_the_budget()
    {
        await _search.SearchAsync(generations: 3, new SearchRequest { Dataset = "cifar10", Device = "fpga", Generations = 3, MaxLabels = 50 });

        IReadOnlyList<RunCandidate> labelled = [.. (await _search.CandidatesAsync()).Where(candidate => candidate.Row.Accuracy is not null)];
        labelled.Count.ShouldBe(50);
        IReadOnlyList<double> truth = StepHarness.Tables.GetContext("cifar10", "fpga").Accuracy;
        labelled.ShouldAllBe(candidate => candidate.Row.Accuracy == truth[candidate.Row.Index]);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(14)]
    [InlineData(30)]
    public async Task A_small_budget_pays_for_one_cell_without_a_live_path_at_most(int maxLabels)
    {
        await _search.SearchAsync(generations: 10, new SearchRequest { Dataset = "cifar10", Device = "raspi4", MaxLabels = maxLabels });

        int[] labelled = [.. (await _search.CandidatesAsync()).Where(candidate => candidate.Row.Accuracy is not null).Select(candidate => candidate.Row.Index)];
        labelled.Length.ShouldBe(maxLabels);
        labelled.Count(index => !StepHarness.Tables.Space.IsConnected(index)).ShouldBeLessThanOrEqualTo(1);
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
        SearchRequest request = new() { Dataset = "cifar10", Device = "fpga", Generations = 1, MaxLabels = 60 };
        StepHarness whole = new();
        await whole.SearchAsync(generations: 1, request);

        // The seed population pays once, so that this stops the first generation in its second round.
        _search.Oracle = new Interrupted(3);
        await Should.ThrowAsync<TimeoutException>(() => _search.SearchAsync(generations: 1, request));
        await _search.ChooseLabelsAsync(1);

        (await LabelsAsync(_search)).ShouldBe(await LabelsAsync(whole));
    }

    [Fact]
    public async Task No_cell_is_labelled_twice()
    {
        await _search.SearchAsync(generations: 4);

        int[] labelled = [.. (await _search.CandidatesAsync()).Where(candidate => candidate.Row.Accuracy is not null).Select(candidate => candidate.Row.Index)];
        labelled.Distinct().Count().ShouldBe(labelled.Length);
    }

    private static async Task<IReadOnlyList<(int Index, double Accuracy)>> LabelsAsync(StepHarness search)
        => [.. (await search.CandidatesAsync()).Where(candidate => candidate.Row.Accuracy is not null).Select(candidate => (candidate.Row.Index, candidate.Row.Accuracy!.Value))];

    /// <summary>Fails once, when it is asked for the given time, and counts the labels that it gave.</summary>
    private sealed class Interrupted(int failing) : IAccuracyOracle
    {
        private readonly TabularOracle _tables = new();
        private int _asked;

        public int Paid { get; private set; }

        public async Task<IReadOnlyList<double>> LabelAsync(BenchmarkContext context, IReadOnlyList<int> indices, CancellationToken cancellationToken)
        {
            if (++_asked == failing)
            {
                throw new TimeoutException();
            }

            Paid += indices.Count;
            return await _tables.LabelAsync(context, indices, cancellationToken);
        }
    }
}
