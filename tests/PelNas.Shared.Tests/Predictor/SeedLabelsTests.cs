namespace PelNas.Shared.Tests.Predictor;

public class SeedLabelsTests
{
    private static readonly ISearchSpace Space = BenchmarkTables.OpenDefault().Space;

    [Fact]
    public void Partitions_take_turns_after_the_fastest()
    {
        LabelCandidate[] candidates =
        [
            .. Live(30, partition: 0), .. Live(30, partition: 1, skip: 30), .. Live(30, partition: 2, skip: 60),
        ];

        IReadOnlyList<LabelCandidate> chosen = SeedLabels.Choose(candidates, withFastest: true, 10, new Random(1));

        chosen.Count.ShouldBe(10);
        chosen[0].ShouldBe(candidates.MinBy(candidate => candidate.LatencyMs));
        chosen.Skip(1).GroupBy(candidate => candidate.Partition).Select(group => group.Count()).ShouldBe([3, 3, 3]);
    }

    [Fact]
    public void No_candidate_is_chosen_twice()
    {
        LabelCandidate[] candidates = [.. Live(5, partition: 1)];

        SeedLabels.Choose(candidates, withFastest: true, 20, new Random(1)).ShouldBe(candidates, ignoreOrder: true);
    }

    [Fact]
    public void What_a_prior_ranks_comes_first_and_what_scores_promise_after_the_fastest()
    {
        LabelCandidate[] candidates = [.. Enumerable.Range(0, 200).Where(Space.IsConnected)
            .Select(index => new LabelCandidate(index, 0, 1000 - index))];
        int[] wanted = [candidates[3].Index, 15_000, candidates[1].Index];

        SeedLabels.Choose(candidates, withFastest: true, 2, new Random(1), ranked: wanted).Select(candidate => candidate.Index)
            .ShouldBe([wanted[0], wanted[2]]);
        SeedLabels.Choose(candidates, withFastest: true, 3, new Random(1), promising: wanted).Select(candidate => candidate.Index)
            .ShouldBe([candidates[^1].Index, wanted[0], wanted[2]]);
    }

    [Fact]
    public void Nothing_to_choose_from_gives_nothing() => SeedLabels.Choose([], withFastest: true, 5, new Random(1)).ShouldBeEmpty();

    private static IEnumerable<LabelCandidate> Live(int count, int partition, int skip = 0)
        => Enumerable.Range(0, Space.Size).Where(Space.IsConnected).DistinctBy(Space.FunctionId).Skip(skip).Take(count)
            .Select(index => Candidate(index, partition, latency: 1 + index));

    private static LabelCandidate Candidate(int index, int partition, double latency) => new(index, partition, latency);
}
