namespace PelNas.Shared.Tests.SearchSpaces;

public sealed class DecisionSpaceTests
{
    private static readonly Decision[] Decisions =
    [
        new("depth", ["8", "10", "12"]),
        new("width", ["a", "b"]),
        new("heads", ["1", "2", "3", "4"]),
    ];

    [Fact]
    public void A_small_space_is_sampled_whole_and_without_what_is_forbidden()
    {
        DecisionSpace space = new(Decisions, [new ForbiddenPair(0, 2, 1, 1)]);
        IReadOnlyList<byte[]> all = space.Sample(100, new Random(1));
        all.Count.ShouldBe(20);
        all.ShouldAllBe(genotype => !(genotype[0] == 2 && genotype[1] == 1));
        all.Select(genotype => string.Concat(genotype)).ShouldBeUnique();
    }

    [Fact]
    public void A_sample_of_a_large_space_has_different_architectures_and_is_that_of_its_seed()
    {
        DecisionSpace space = new(
            [.. Enumerable.Range(0, 30).Select(place => new Decision($"d{place}", ["0", "1", "2"]))], [new ForbiddenPair(0, 0, 1, 0)]);
        space.Combinations.ShouldBe(Math.Pow(3, 30));
        string[] sample = [.. space.Sample(500, new Random(7)).Select(genotype => string.Concat(genotype))];
        sample.Length.ShouldBe(500);
        sample.ShouldBeUnique();
        sample.ShouldAllBe(text => !text.StartsWith("00", StringComparison.Ordinal));
        space.Sample(500, new Random(7)).Select(genotype => string.Concat(genotype)).ShouldBe(sample);
    }

    [Fact]
    public void Neighbours_differ_in_one_decision_and_none_is_forbidden()
    {
        DecisionSpace space = new(Decisions, [new ForbiddenPair(0, 0, 2, 3)]);
        string[] neighbours = [.. space.Neighbours([0, 0, 0]).Select(genotype => string.Concat(genotype))];
        neighbours.ShouldBe(["100", "200", "010", "001", "002"], ignoreOrder: true);
    }

    [Fact]
    public void Descent_ends_where_no_neighbour_costs_less()
        => new DecisionSpace(Decisions, []).Descend([2, 1, 3], genotype => genotype.Sum(choice => choice)).ShouldBe([0, 0, 0]);

    [Fact]
    public void A_space_that_forbidden_pairs_leave_empty_has_an_empty_sample()
    {
        Decision[] two = [new("a", ["0", "1"]), new("b", ["0", "1"])];
        DecisionSpace none = new(
            two, [.. from first in new byte[] { 0, 1 } from second in new byte[] { 0, 1 } select new ForbiddenPair(0, first, 1, second)]);
        none.Sample(10, new Random(1)).ShouldBeEmpty();
    }
}
