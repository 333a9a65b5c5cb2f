using PelNas.Shared.Tests.Search;

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
        Points.Many(3),
        points => Hypervolume.Compute([.. NonDominatedSort.FirstFront(points).Select(index => points[index])], [901, 901, 901])
            == Hypervolume.Compute(points, [901, 901, 901]));

    [Property]
    public Property A_plane_lifted_to_unit_height_has_its_area_as_volume() => Prop.ForAll(
        Points.Many(2),
        points => Hypervolume.Compute([.. points.Select(point => new[] { point[0], point[1], 0.0 })], [901, 901, 1])
            == Hypervolume.Compute(points, [901, 901]));

    [Property]
    public Property The_volume_is_that_of_its_slices() => Prop.ForAll(
        Points.Many(3),
        points =>
        {
            double[] heights = [.. points.Select(point => point[2]).Distinct().Order(), 1_001];
            double slices = heights.Zip(heights.Skip(1), (from, to) => (to - from)
                * Hypervolume.Compute([.. points.Where(point => point[2] <= from).Select(point => point[..2])], [1_001, 1_001])).Sum();
            return Hypervolume.Compute(points, [1_001, 1_001, 1_001]) == slices;
        });

    /// <summary>The steps below a line down from n - 1, of unit width, with those of a line from n on top, which add nothing.</summary>
    [Fact]
    public void Two_flights_of_stairs_have_the_area_under_the_lower_one()
    {
        for (int n = 2; n < 30; n++)
        {
            IEnumerable<double[]> upper = Enumerable.Range(0, n + 1).Select(step => new double[] { step, n - step });
            IEnumerable<double[]> lower = Enumerable.Range(0, n).Select(step => new double[] { n - 1 - step, step });
            Hypervolume.Compute([.. upper, .. lower], [n, n]).ShouldBe((n * n) - (n * (n - 1) / 2));
        }
    }

    [Fact]
    public void One_step_along_every_axis_leaves_out_a_unit_cube()
    {
        Hypervolume.Compute([[0, 1], [1, 0], [4, 7], [4, 7]], [10, 10]).ShouldBe(99);
        Hypervolume.Compute([[0, 0, 1], [0, 1, 0], [1, 0, 0], [3, 9, 1], [3, 9, 1]], [10, 10, 10]).ShouldBe(999);
    }

    [Fact]
    public void Points_in_one_array_have_the_volume_of_points_in_their_own()
    {
        Hypervolume.Compute([3, 1, 1, 3, 2, 2], new double[] { 4, 4 }).ShouldBe(6);
        Hypervolume.Compute([1, 2, 3, 2, 2, 3], new double[] { 4, 4, 4 }).ShouldBe(6);
        Hypervolume.Compute(ReadOnlySpan<double>.Empty, [4, 4]).ShouldBe(0);
    }

    [Fact]
    public void A_volume_too_small_for_a_number_is_zero() =>
        Hypervolume.Compute([[-1e-200, -1e-200], [-2e-200, -1e-200]], [0, 0]).ShouldBe(0);

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
    public void Points_and_references_that_span_no_volume_are_refused()
    {
        Refusal([[0]], [1]).ShouldContain("1 objectives; 2 and 3 are supported");
        Refusal([[0, 0, 0, 0]], [1, 1, 1, 1]).ShouldContain("4 objectives");
        Refusal([[0, 0, 0]], [1, 1]).ShouldContain("The points have 3 objectives, the reference has 2");
        Refusal([[0, 0]], [1, double.PositiveInfinity]).ShouldContain("no finite volume");
        Refusal([[0, 0], [0, double.NaN]], [1, 1]).ShouldContain("Point 1");
        Refusal([[0, 0]], [1, double.NaN]).ShouldContain("The reference");
        Should.Throw<ArgumentException>(() => Hypervolume.Compute([0.0, 0, 0], new double[] { 1, 1 })).Message.ShouldContain("3 numbers");
    }

    private static string Refusal(double[][] points, double[] reference)
        => Should.Throw<ArgumentException>(() => Hypervolume.Compute(points, reference)).Message;
}
