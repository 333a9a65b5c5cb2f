using FsCheck.Fluent;
using PelNas.Shared.Pareto;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Pareto;

public sealed class NonDominatedSortTests
{
    [Fact]
    public void No_points_make_no_fronts()
    {
        NonDominatedSort.Fronts([]).ShouldBeEmpty();
        NonDominatedSort.Ranks([]).ShouldBeEmpty();
        NonDominatedSort.FirstFront([]).ShouldBeEmpty();
    }

    [Fact]
    public void A_single_point_is_the_front() => NonDominatedSort.Fronts([[3, 4]]).ShouldBe([[0]]);

    [Fact]
    public void Copies_of_a_point_share_its_front()
    {
        double[][] points = [[1, 2], [2, 3], [1, 2], [2, 3]];
        NonDominatedSort.Fronts(points).ShouldBe([[0, 2], [1, 3]]);
        NonDominatedSort.FirstFront(points).ShouldBe([0, 2]);
    }

    [Fact]
    public void When_no_point_dominates_another_there_is_one_front_in_order_of_the_first_objective() =>
        NonDominatedSort.Fronts([[3, 1], [1, 3], [2, 2]]).ShouldBe([[1, 2, 0]]);

    [Fact]
    public void A_chain_has_as_many_fronts_as_points() =>
        NonDominatedSort.Ranks([[3, 3, 3], [1, 1, 1], [2, 2, 2]]).ShouldBe([2, 0, 1]);

    [Fact]
    public void A_point_equal_in_one_objective_and_worse_in_another_is_dominated() =>
        NonDominatedSort.FirstFront([[1, 2], [1, 1], [2, 1]]).ShouldBe([1]);

    [Fact]
    public void One_objective_sorts_by_value() =>
        NonDominatedSort.Ranks([[5], [1], [5], [3]]).ShouldBe([2, 0, 2, 1]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Points_with_ties_and_copies_are_sorted_as_by_peeling(int dimension) => Prop.ForAll(
        Points.OnGrid(dimension),
        points =>
        {
            int[] ranks = NonDominatedSort.Ranks(points);
            ranks.ShouldBe(Points.Ranks(points));
            NonDominatedSort.FirstFront(points).Order().ShouldBe(Enumerable.Range(0, points.Length).Where(index => ranks[index] == 0));
            NonDominatedSort.Fronts(points).SelectMany(front => front).Order().ShouldBe(Enumerable.Range(0, points.Length));
        }).ShouldHold();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Random_points_are_sorted_as_by_peeling(int dimension)
    {
        double[][] points = Points.Uniform(200, dimension, seed: dimension);
        NonDominatedSort.Ranks(points).ShouldBe(Points.Ranks(points));
    }

    [Fact]
    public void Points_of_different_dimension_are_refused() =>
        Should.Throw<ArgumentException>(() => NonDominatedSort.Ranks([[1, 2], [1]])).Message.ShouldContain("Point 1 has 1 objectives, the first has 2");

    [Fact]
    public void Points_without_objectives_are_refused() =>
        Should.Throw<ArgumentException>(() => NonDominatedSort.FirstFront([[]])).Message.ShouldContain("Point 0 has 0 objectives");

    [Fact]
    public void A_point_that_is_not_a_number_is_refused() =>
        Should.Throw<ArgumentException>(() => NonDominatedSort.Fronts([[1, 2], [double.NaN, 0]])).Message.ShouldContain("Point 1");
}
