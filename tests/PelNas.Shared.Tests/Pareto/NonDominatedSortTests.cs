using PelNas.Shared.Tests.Search;

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
    public void A_chain_has_as_many_fronts_as_points() => NonDominatedSort.Ranks([[3, 3, 3], [1, 1, 1], [2, 2, 2]]).ShouldBe([2, 0, 1]);

    [Fact]
    public void A_point_equal_in_one_objective_and_worse_in_another_is_dominated() =>
        NonDominatedSort.FirstFront([[1, 2], [1, 1], [2, 1]]).ShouldBe([1]);

    [Fact]
    public void One_objective_sorts_by_value() => NonDominatedSort.Ranks([[5], [1], [5], [3]]).ShouldBe([2, 0, 2, 1]);

    [Fact]
    public void Below_a_point_that_dominates_all_the_others_are_ranked_among_themselves()
    {
        NonDominatedSort.Ranks([[2, 3], [0, 0], [3, 2], [9, 9]]).ShouldBe([1, 0, 1, 2]);
        NonDominatedSort.Ranks([[2, 3, 1], [0, 0, 0], [3, 2, 1], [9, 9, 1]]).ShouldBe([1, 0, 1, 2]);
    }

    [Fact]
    public void Negative_and_infinite_objectives_have_their_places()
    {
        const double Infinity = double.PositiveInfinity;
        NonDominatedSort.Ranks([[1, 1], [1, Infinity], [Infinity, 1], [Infinity, Infinity]]).ShouldBe([0, 1, 1, 2]);
        NonDominatedSort.Ranks([[1, 1, -1], [1, -Infinity, -1], [-Infinity, 1, -1], [-Infinity, -Infinity, -1]]).ShouldBe([2, 1, 1, 0]);
    }

    [Fact]
    public void Zeros_are_equal_whatever_their_sign()
    {
        NonDominatedSort.Ranks([[0.0, 1], [-0.0, 1], [-0.0, 2]]).ShouldBe([0, 0, 1]);
        NonDominatedSort.Ranks([[0.0, -0.0, 1], [-0.0, 0.0, 1], [-0.0, 0.0, 2]]).ShouldBe([0, 0, 1]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Thousands_of_fronts_of_three_points_each_are_told_apart(int dimension)
    {
        int[] fronts = [.. Enumerable.Range(0, 6_000).Select(step => step * 7_919 % 6_000 / 3)];
        NonDominatedSort.Ranks([.. fronts.Select(front => Enumerable.Repeat((double)front, dimension).ToArray())]).ShouldBe(fronts);
    }

    [Fact]
    public void Thousands_of_points_on_a_line_down_are_one_front_whatever_the_third_objective()
    {
        double[][] points = [.. Enumerable.Range(0, 5_000).Select(step => new[] { step, 5_000.0 - step, step * 7_919 % 5_000 })];
        NonDominatedSort.Ranks(points).ShouldAllBe(rank => rank == 0);
    }

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

    /// <summary>Each number of objectives has its own way; up from four points are compared.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_objective_in_which_all_points_are_equal_changes_no_rank(int dimension) => Prop.ForAll(
        Points.Many(dimension),
        points =>
        {
            int[] ranks = NonDominatedSort.Ranks(points);
            NonDominatedSort.Ranks([.. points.Select(point => (double[])[5, 5, 5, .. point])]).ShouldBe(ranks);
            NonDominatedSort.Ranks([.. points.Select(point => (double[])[.. point, 5])]).ShouldBe(ranks);
        }).ShouldHold();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Ranks_and_the_first_front_are_those_of_the_fronts(int dimension) => Prop.ForAll(
        Points.Many(dimension),
        points =>
        {
            int[][] fronts = NonDominatedSort.Fronts(points);
            int[] ranks = NonDominatedSort.Ranks(points);
            fronts.Select((front, rank) => front.All(index => ranks[index] == rank)).ShouldAllBe(same => same);
            fronts.Sum(front => front.Length).ShouldBe(points.Length);
            NonDominatedSort.FirstFront(points).ShouldBe(fronts.FirstOrDefault([]));
        }).ShouldHold();

    [Fact]
    public void Points_in_one_array_are_sorted_as_points_in_their_own()
    {
        double[] points = [3, 3, 3, 1, 1, 1, 2, 2, 2, 1, 1, 1];
        NonDominatedSort.Ranks(points, 3).ShouldBe([2, 0, 1, 0]);
        NonDominatedSort.FirstFront(points, 3).ShouldBe([1, 3]);
        NonDominatedSort.Ranks(points, 6).ShouldBe([1, 0]);
        NonDominatedSort.Ranks([], 2).ShouldBeEmpty();
    }

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
    public void Points_that_are_not_all_of_some_numbers_are_refused_by_their_index()
    {
        Refusal(() => NonDominatedSort.Ranks([[1, 2], [1]])).ShouldContain("Point 1 has 1 objectives, the first has 2");
        Refusal(() => NonDominatedSort.FirstFront([[]])).ShouldContain("Point 0 has 0 objectives");
        Refusal(() => NonDominatedSort.Fronts([[1, 2], [double.NaN, 0]])).ShouldContain("Point 1");
        Refusal(() => NonDominatedSort.Ranks([1, 2, 3, 4, double.NaN, 6], 2)).ShouldContain("Point 2");
        Refusal(() => NonDominatedSort.Ranks([1, 2, 3], 2)).ShouldContain("3 numbers are no whole number of points with 2 objectives");
        Should.Throw<ArgumentOutOfRangeException>(() => NonDominatedSort.FirstFront([1, 2, 3], 0));
    }

    private static string Refusal(Action sort) => Should.Throw<ArgumentException>(sort).Message;
}
