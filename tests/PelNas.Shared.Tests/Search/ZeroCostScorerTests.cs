using PelNas.Shared.Records;
using PelNas.Shared.Tests.Support;


namespace PelNas.Shared.Tests.Search;

public sealed class ZeroCostScorerTests : IDisposable
{
    private readonly StepHarness _search = new();

    [Fact]
    public async Task Without_labels_nothing_is_predicted()
    {
        await _search.PlanAsync();
        await _search.SeedAsync(2);

        (await _search.ScoreZeroCostAsync(2, generation: 0)).ShouldBe(0);
        (await _search.CandidatesAsync()).ShouldAllBe(candidate => candidate.Row.PredictedAccuracy == null);
    }

    [Fact]
    public async Task Unlabelled_candidates_get_a_prediction_with_its_uncertainty_and_labelled_ones_keep_theirs()
    {
        await _search.SearchAsync(generations: 2);
        IReadOnlyList<RunCandidate> before = await _search.CandidatesAsync();

        int scored = await _search.ScoreZeroCostAsync(3, generation: 3);

        IReadOnlyList<RunCandidate> after = await _search.CandidatesAsync();
        scored.ShouldBe(after.Count(candidate => candidate is { Partition: 3, Row.Accuracy: null }));
        after.Where(candidate => candidate is { Partition: 3, Row.Accuracy: null })
            .ShouldAllBe(candidate => candidate.Row.PredictedAccuracy > 0 && candidate.Row.PredictedAccuracy <= 100 && candidate.Row.PredictedDeviation > 0);
        after.Where(candidate => candidate.Row.Accuracy is not null).ShouldBe(before.Where(candidate => candidate.Row.Accuracy is not null));
    }

    public void Dispose() => _search.Dispose();
}
