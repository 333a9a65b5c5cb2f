namespace PelNas.Shared.Tests.Search;

public sealed class ZeroCostScorerTests
{
    private readonly StepHarness _search = new();

    [Fact]
    public async Task Without_labels_nothing_is_predicted()
    {
        await _search.PlanAsync();
        await _search.SeedAsync(2);

        (await _search.ScoreZeroCostAsync(2, generation: 0)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_candidates_of_a_generation_get_a_prediction_with_its_uncertainty()
    {
        await _search.SearchAsync(generations: 2);
        await _search.ProposeAsync(3, generation: 3);

        IReadOnlyList<CandidatePrediction> predictions = await _search.ScoreZeroCostAsync(3, generation: 3);

        predictions.ShouldAllBe(prediction => prediction.Accuracy > 0 && prediction.Accuracy <= 100 && prediction.Deviation > 0);
        IEnumerable<CandidateRow> proposed = (await _search.HistoryAsync()).Candidates().Where(candidate => candidate.Partition == 3)
            .Select(candidate => candidate.Row).Where(row => row.Generation == 3);
        predictions.Select(prediction => prediction.Index).ShouldBe(proposed.Select(row => row.Index), ignoreOrder: true);
    }
}
