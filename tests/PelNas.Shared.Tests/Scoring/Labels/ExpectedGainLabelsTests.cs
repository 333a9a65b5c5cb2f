using PelNas.Shared.Scoring.Accuracy;
using PelNas.Shared.Scoring.Labels;

namespace PelNas.Shared.Tests.Scoring.Labels;

public class ExpectedGainLabelsTests
{
    private static readonly (double, double)[] Labelled = [(2, 80), (5, 90)];

    [Fact]
    public void The_candidate_that_fills_the_gap_is_chosen_over_dominated_ones()
        => Choose([Candidate(1, latency: 3, accuracy: 89), Candidate(2, latency: 6, accuracy: 85), Candidate(3, latency: 2.5, accuracy: 70)], 1)
            .ShouldHaveSingleItem().Index.ShouldBe(1);

    [Fact]
    public void Of_two_dominated_candidates_the_less_certain_one_is_worth_more()
        => Choose([Candidate(1, 5, 89.5, deviation: 0.001), Candidate(2, 5, 89.5, deviation: 0.3)], 1).ShouldHaveSingleItem().Index.ShouldBe(2);

    [Fact]
    public void A_batch_spreads_because_each_choice_is_believed()
    {
        // Two near twins and a third elsewhere: taking one twin leaves little for the other.
        IReadOnlyList<LabelCandidate> chosen = Choose(
            [Candidate(1, 3, 89), Candidate(2, 3.001, 89), Candidate(3, 7, 93)], 2);

        chosen.Select(candidate => candidate.Index).Order().ShouldBe([1, 3]);
    }

    [Fact]
    public void Functions_that_have_a_label_are_left_out()
        => ExpectedGainLabels.Choose(Labelled, [Candidate(1, 3, 89), Candidate(2, 3, 88)], [1], (1, 10), 2)
            .ShouldHaveSingleItem().Index.ShouldBe(2);

    [Fact]
    public void Fewer_candidates_than_asked_for_are_all_chosen() => Choose([Candidate(1, 3, 89), Candidate(2, 4, 88)], 5).Count.ShouldBe(2);

    [Fact]
    public void The_choice_does_not_depend_on_the_order_of_candidates()
    {
        LabelCandidate[] candidates = [.. Enumerable.Range(0, 40).Select(k => Candidate(k, 1 + (k * 7 % 40 / 5.0), 75 + (k * 11 % 40 / 2.1), 0.1))];

        Choose(candidates, 8).ShouldBe(Choose([.. candidates.Reverse()], 8));
    }

    private static IReadOnlyList<LabelCandidate> Choose(LabelCandidate[] candidates, int count)
        => ExpectedGainLabels.Choose(Labelled, candidates, [], (1, 10), count);

    private static LabelCandidate Candidate(int id, double latency, double accuracy, double deviation = 0.01)
        => new(id, Partition: 0, FunctionId: id, latency, AccuracyScale.ToTarget(accuracy), deviation);
}
