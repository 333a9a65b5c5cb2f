using PelNas.Shared.Predictor;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;


namespace PelNas.Shared.Tests.Predictor;

public class SeedLabelsTests
{
    private static readonly ISearchSpace Space = BenchmarkTables.OpenDefault().Space;

    [Fact]
    public void The_fastest_comes_first_even_without_a_live_path()
    {
        int dead = Enumerable.Range(0, Space.Size).First(index => !Space.IsConnected(index));
        LabelCandidate[] candidates = [Candidate(dead, partition: 0, latency: 0.1), .. Live(20, partition: 1)];

        SeedLabels.Choose(Space, candidates, withFastest: true, 3, new Random(1))[0].Index.ShouldBe(dead);
    }

    [Fact]
    public void The_only_label_goes_to_a_cell_with_a_path()
    {
        int dead = Enumerable.Range(0, Space.Size).First(index => !Space.IsConnected(index));
        LabelCandidate[] candidates = [Candidate(dead, partition: 0, latency: 0.1), .. Live(20, partition: 1)];

        Space.IsConnected(SeedLabels.Choose(Space, candidates, withFastest: true, 1, new Random(1)).ShouldHaveSingleItem().Index).ShouldBeTrue();
        SeedLabels.Choose(Space, candidates[..1], withFastest: true, 1, new Random(1)).ShouldHaveSingleItem().Index.ShouldBe(dead);
    }

    [Fact]
    public void Partitions_take_turns_and_no_other_dead_cell_is_chosen()
    {
        int[] dead = [.. Enumerable.Range(0, Space.Size).Where(index => !Space.IsConnected(index)).Take(10)];
        LabelCandidate[] candidates =
        [
            .. dead.Select(index => Candidate(index, partition: 0, latency: 5)),
            .. Live(30, partition: 0), .. Live(30, partition: 1, skip: 30), .. Live(30, partition: 2, skip: 60),
        ];

        IReadOnlyList<LabelCandidate> chosen = SeedLabels.Choose(Space, candidates, withFastest: true, 10, new Random(1));

        chosen.Count.ShouldBe(10);
        chosen.ShouldAllBe(candidate => Space.IsConnected(candidate.Index));
        chosen.Skip(1).GroupBy(candidate => candidate.Partition).Select(group => group.Count()).ShouldBe([3, 3, 3]);
    }

    [Fact]
    public void Once_anything_is_labelled_the_fastest_has_no_precedence_and_dead_cells_none_at_all()
    {
        int dead = Enumerable.Range(0, Space.Size).First(index => !Space.IsConnected(index));
        LabelCandidate[] candidates = [Candidate(dead, partition: 0, latency: 0.1), .. Live(20, partition: 1)];

        IReadOnlyList<LabelCandidate> chosen = SeedLabels.Choose(Space, candidates, withFastest: false, 21, new Random(1));

        chosen.Count.ShouldBe(20);
        chosen.ShouldAllBe(candidate => Space.IsConnected(candidate.Index));
    }

    [Fact]
    public void No_candidate_is_chosen_twice()
    {
        LabelCandidate[] candidates = [.. Live(5, partition: 1)];

        SeedLabels.Choose(Space, candidates, withFastest: true, 20, new Random(1)).ShouldBe(candidates, ignoreOrder: true);
    }

    [Fact]
    public void What_a_prior_ranks_comes_first_and_what_scores_promise_after_the_fastest()
    {
        LabelCandidate[] candidates = [.. Enumerable.Range(0, 200).Where(Space.IsConnected).Select(index => new LabelCandidate(index, 0, 1000 - index))];
        int[] wanted = [candidates[3].Index, 15_000, candidates[1].Index];

        SeedLabels.Choose(Space, candidates, withFastest: true, 2, new Random(1), ranked: wanted).Select(candidate => candidate.Index)
            .ShouldBe([wanted[0], wanted[2]]);
        SeedLabels.Choose(Space, candidates, withFastest: true, 3, new Random(1), promising: wanted).Select(candidate => candidate.Index)
            .ShouldBe([candidates[^1].Index, wanted[0], wanted[2]]);
    }

    [Fact]
    public void Nothing_to_choose_from_gives_nothing() => SeedLabels.Choose(Space, [], withFastest: true, 5, new Random(1)).ShouldBeEmpty();

    private static IEnumerable<LabelCandidate> Live(int count, int partition, int skip = 0)
        => Enumerable.Range(0, Space.Size).Where(Space.IsConnected).DistinctBy(Space.FunctionId).Skip(skip).Take(count)
            .Select(index => Candidate(index, partition, latency: 1 + index));

    private static LabelCandidate Candidate(int index, int partition, double latency)
        => new(index, partition, latency);
}
