using PelNas.Shared.Tests.Search;

namespace PelNas.Shared.Tests.Pareto;

public sealed class KneePointTests
{
    [Fact]
    public void An_empty_front_has_no_knee() => KneePoint.Find([]).ShouldBeNull();

    [Fact]
    public void A_single_point_is_the_knee() => KneePoint.Find([[7, 7]]).ShouldBe(0);

    [Fact]
    public void The_point_that_bulges_most_is_the_knee() => KneePoint.Find([[0, 100], [1, 20], [5, 10], [10, 0]]).ShouldBe(1);

    [Fact]
    public void On_a_straight_line_the_first_point_is_taken() => KneePoint.Find([[2, 0], [0, 2], [1, 1]]).ShouldBe(0);

    [Fact]
    public void Copies_are_equals_and_the_first_is_taken() => KneePoint.Find([[0, 9], [1, 1], [1, 1], [9, 0]]).ShouldBe(1);

    [Fact]
    public void An_objective_without_range_does_not_count() => KneePoint.Find([[3, 5], [1, 5]]).ShouldBe(1);

    [Fact]
    public void Three_objectives_have_a_knee_too() => KneePoint.Find([[0, 9, 9], [9, 0, 9], [9, 9, 0], [1, 1, 1]]).ShouldBe(3);

    /// <summary>In two objectives: the farthest from the line through the extremes, towards the ideal.</summary>
    [Property]
    public Property The_knee_is_farthest_from_the_line_through_the_extremes() => Prop.ForAll(Points.OnGrid(2), points =>
    {
        double[][] front = [.. NonDominatedSort.FirstFront(points).Select(index => points[index])];
        if (KneePoint.Find(front) is int knee && front[^1][0] > front[0][0])
        {
            Distance(front, front[knee]).ShouldBe(front.Max(point => Distance(front, point)), 1e-9);
        }
    });

    private static double Distance(double[][] front, double[] point)
    {
        (double[] left, double[] right) = (front[0], front[^1]);
        return ((right[0] - left[0]) * (left[1] - point[1])) - ((left[0] - point[0]) * (right[1] - left[1]));
    }
}
