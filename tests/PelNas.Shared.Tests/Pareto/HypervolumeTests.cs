using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using PelNas.Shared.Pareto;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Pareto;

public sealed class HypervolumeTests
{
    [Fact]
    public void No_points_have_no_volume()
    {
        Hypervolume.Compute([], [1, 1]).ShouldBe(0);
        Hypervolume.Compute([], [1, 1, 1]).ShouldBe(0);
    }

    [Fact]
    public void A_single_point_spans_a_box()
    {
        Hypervolume.Compute([[1, 2]], [4, 4]).ShouldBe(6);
        Hypervolume.Compute([[1, 2, 3]], [4, 4, 4]).ShouldBe(6);
    }

    [Fact]
    public void A_staircase_is_added_up() => Hypervolume.Compute([[3, 1], [1, 3], [2, 2]], [4, 4]).ShouldBe(6);

    [Fact]
    public void Copies_and_dominated_points_add_nothing()
    {
        Hypervolume.Compute([[1, 2], [1, 2], [2, 3], [3, 2]], [4, 4]).ShouldBe(6);
        Hypervolume.Compute([[1, 2, 3], [1, 2, 3], [2, 2, 3]], [4, 4, 4]).ShouldBe(6);
    }

    [Fact]
    public void A_point_that_is_not_better_than_the_reference_everywhere_adds_nothing()
    {
        Hypervolume.Compute([[4, 0], [0, 4], [5, -9], [4, 4]], [4, 4]).ShouldBe(0);
        Hypervolume.Compute([[4, 0, 0], [0, 0, 9], [1, 2, 3]], [4, 4, 4]).ShouldBe(6);
    }

    [Fact]
    public void A_point_far_outside_the_box_counts_up_to_the_reference() => Hypervolume.Compute([[-10, 3]], [4, 4]).ShouldBe(14);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Points_with_ties_and_copies_have_the_volume_that_counting_cells_gives(int dimension) => Prop.ForAll(
        Points.OnGrid(dimension),
        points =>
        {
            double[] reference = [.. Enumerable.Repeat(7.0, dimension)];
            Hypervolume.Compute(points, reference).ShouldBe(Points.Hypervolume(points, reference), 1e-9);
        }).ShouldHold();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_points_have_the_volume_that_counting_cells_gives(int dimension)
    {
        for (int seed = 0; seed < 5; seed++)
        {
            double[][] points = Points.Uniform(30, dimension, seed);
            double[] reference = [.. Enumerable.Repeat(0.9, dimension)];
            Hypervolume.Compute(points, reference).ShouldBe(Points.Hypervolume(points, reference), 1e-12);
        }
    }

    [Property]
    public Property The_front_alone_has_the_same_volume() => Prop.ForAll(
        Points.OnGrid(3),
        points => Hypervolume.Compute([.. NonDominatedSort.FirstFront(points).Select(index => points[index])], [9, 9, 9]) == Hypervolume.Compute(points, [9, 9, 9]));

    [Property]
    public Property A_plane_lifted_to_unit_height_has_its_area_as_volume() => Prop.ForAll(
        Points.OnGrid(2),
        points => Hypervolume.Compute([.. points.Select(point => new[] { point[0], point[1], 0.0 })], [9, 9, 1]) == Hypervolume.Compute(points, [9, 9]));

    /// <summary>The front of a quarter circle: the dominated part of the unit square tends to 1 - (1 - pi / 4).</summary>
    [Fact]
    public void Fifty_thousand_points_in_three_objectives_are_within_reach_and_right()
    {
        const int Count = 50_000;
        double[][] points = [.. Enumerable.Range(0, Count).Select(step =>
        {
            double angle = Math.PI / 2 * step / (Count - 1);
            return new[] { 1 - Math.Cos(angle), 1 - Math.Sin(angle), 0.5 };
        })];
        Hypervolume.Compute(points, [1, 1, 1]).ShouldBe(0.5 * Math.PI / 4, 1e-4);
    }

    [Fact]
    public void One_and_four_objectives_are_refused()
    {
        Should.Throw<ArgumentException>(() => Hypervolume.Compute([[0]], [1])).Message.ShouldContain("1 objectives; 2 and 3 are supported");
        Should.Throw<ArgumentException>(() => Hypervolume.Compute([[0, 0, 0, 0]], [1, 1, 1, 1])).Message.ShouldContain("4 objectives");
    }

    [Fact]
    public void Points_and_reference_of_different_dimension_are_refused() =>
        Should.Throw<ArgumentException>(() => Hypervolume.Compute([[0, 0, 0]], [1, 1])).Message.ShouldContain("The points have 3 objectives, the reference has 2");

    [Fact]
    public void An_infinite_volume_is_refused() =>
        Should.Throw<ArgumentException>(() => Hypervolume.Compute([[0, 0]], [1, double.PositiveInfinity])).Message.ShouldContain("no finite volume");
}
