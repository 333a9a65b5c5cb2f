using PelNas.Shared.Common;
using PelNas.Shared.Predictor;
using PelNas.Shared.Records;
using PelNas.Shared.Tables;
using PelNas.Shared.Tests.Support;


namespace PelNas.Shared.Tests.Search;

public sealed class LabelChooserTests : IDisposable
{
    private readonly StepHarness _search = new();

    [Theory]
    [InlineData("validation")]
    [InlineData("test")]
    public async Task Labels_are_the_accuracies_asked_for_and_stay_within_the_budget(string labelsFrom)
    {
        await _search.SearchAsync(generations: 3, new SearchRequest { Dataset = "cifar10", Device = "fpga", Generations = 3, MaxLabels = 50, LabelsFrom = labelsFrom });

        IReadOnlyList<RunCandidate> labelled = [.. (await _search.CandidatesAsync()).Where(candidate => candidate.Row.Accuracy is not null)];
        labelled.Count.ShouldBe(50);
        IReadOnlyList<double> truth = StepHarness.Tables.GetContext("cifar10", "fpga").Labels(labelsFrom);
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
        await _search.SearchAsync(generations: 2);
        string before = await StateAsync();

        await _search.ChooseLabelsAsync(2);

        (await StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_step_cut_short_between_its_rounds_chooses_the_same_and_pays_for_the_rest()
    {
        SearchRequest request = new() { Dataset = "cifar10", Device = "fpga", Generations = 1, MaxLabels = 60 };
        using StepHarness whole = new();
        Interrupted uninterrupted = new(int.MaxValue);
        whole.Oracle = uninterrupted;
        await whole.SearchAsync(generations: 1, request);

        // The seed population pays once a partition, so that this stops the first generation in its second or third round.
        Interrupted interrupted = new(13);
        _search.Oracle = interrupted;
        await Should.ThrowAsync<TimeoutException>(() => _search.SearchAsync(generations: 1, request));
        (await LabelsAsync(_search)).Count.ShouldBeInRange(14, 59);
        await _search.ChooseLabelsAsync(1);

        (await LabelsAsync(_search)).ShouldBe(await LabelsAsync(whole));
        interrupted.Paid.ShouldBe(uninterrupted.Paid);
    }

    [Fact]
    public async Task No_cell_is_labelled_twice()
    {
        await _search.SearchAsync(generations: 4);

        int[] labelled = [.. (await _search.CandidatesAsync()).Where(candidate => candidate.Row.Accuracy is not null).Select(candidate => candidate.Row.Index)];
        labelled.Distinct().Count().ShouldBe(labelled.Length);
    }

    public void Dispose() => _search.Dispose();

    private static async Task<IReadOnlyList<(int Index, double Accuracy)>> LabelsAsync(StepHarness search)
        => [.. (await search.CandidatesAsync()).Where(candidate => candidate.Row.Accuracy is not null).Select(candidate => (candidate.Row.Index, candidate.Row.Accuracy!.Value))];

    private async Task<string> StateAsync() => PelNasJson.Serialize(await _search.CandidatesAsync());

    /// <summary>Fails once, when it is asked for the given time, and counts the labels that it gave.</summary>
    private sealed class Interrupted(int failing) : IAccuracyOracle
    {
        private readonly TabularOracle _tables = new();
        private int _asked;

        public int Paid { get; private set; }

        public async Task<IReadOnlyList<double>> LabelAsync(BenchmarkContext context, string labelsFrom, IReadOnlyList<int> indices, CancellationToken cancellationToken)
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
