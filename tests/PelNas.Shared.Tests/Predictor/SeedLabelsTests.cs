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

        SeedLabels.Choose(Space, candidates, [], 3, new Random(1))[0].Index.ShouldBe(dead);
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

        IReadOnlyList<LabelCandidate> chosen = SeedLabels.Choose(Space, candidates, [], 10, new Random(1));

        chosen.Count.ShouldBe(10);
        chosen.ShouldAllBe(candidate => Space.IsConnected(candidate.Index));
        chosen.Skip(1).GroupBy(candidate => candidate.Partition).Select(group => group.Count()).ShouldBe([3, 3, 3]);
    }

    [Fact]
    public void Once_anything_is_labelled_the_fastest_has_no_precedence_and_dead_cells_none_at_all()
    {
        int dead = Enumerable.Range(0, Space.Size).First(index => !Space.IsConnected(index));
        LabelCandidate[] candidates = [Candidate(dead, partition: 0, latency: 0.1), .. Live(20, partition: 1)];

        IReadOnlyList<LabelCandidate> chosen = SeedLabels.Choose(Space, candidates, [0], 21, new Random(1));

        chosen.Count.ShouldBe(20);
        chosen.ShouldAllBe(candidate => Space.IsConnected(candidate.Index));
    }

    [Fact]
    public void A_function_is_chosen_again_only_when_no_other_is_left()
    {
        int[] twins = [.. Enumerable.Range(0, Space.Size).Where(Space.IsConnected).GroupBy(Space.FunctionId).First(group => group.Count() > 3).Take(4)];
        int labelled = twins[0];
        LabelCandidate[] candidates =
        [
            .. twins[1..].Select(index => Candidate(index, 0, 1)),
            .. Live(6, partition: 1).Where(candidate => candidate.FunctionId != Space.FunctionId(labelled)).Take(5),
        ];

        SeedLabels.Choose(Space, candidates, [labelled], 5, new Random(1)).ShouldAllBe(candidate => candidate.Partition == 1);
        SeedLabels.Choose(Space, candidates, [labelled], 20, new Random(1)).ShouldBe(candidates, ignoreOrder: true);
        SeedLabels.Choose(Space, candidates, [], 20, new Random(1)).ShouldBe(candidates, ignoreOrder: true);
    }

    [Fact]
    public void Nothing_to_choose_from_gives_nothing() => SeedLabels.Choose(Space, [], [], 5, new Random(1)).ShouldBeEmpty();

    private static IEnumerable<LabelCandidate> Live(int count, int partition, int skip = 0)
        => Enumerable.Range(0, Space.Size).Where(Space.IsConnected).DistinctBy(Space.FunctionId).Skip(skip).Take(count)
            .Select(index => Candidate(index, partition, latency: 1 + index));

    private static LabelCandidate Candidate(int index, int partition, double latency)
        => new(index, partition, Space.FunctionId(index), latency);
}
