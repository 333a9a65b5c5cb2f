namespace PelNas.Shared.Tests.Pareto;

public sealed class InvertedGenerationalDistanceTests
{
    [Fact]
    public void Each_point_of_the_front_goes_to_the_nearest_found_one() =>
        InvertedGenerationalDistance.Compute([[0, 0], [10, 0]], [[3, 4], [10, 1], [100, 100]]).ShouldBe((5 + 1) / 2.0);

    [Fact]
    public void A_front_found_whole_is_at_distance_zero_whatever_else_was_found() =>
        InvertedGenerationalDistance.Compute([[0, 1], [1, 0]], [[1, 0], [5, 5], [0, 1]]).ShouldBe(0);

    [Fact]
    public void With_nothing_found_the_distance_is_infinite() =>
        InvertedGenerationalDistance.Compute([[0, 1]], []).ShouldBe(double.PositiveInfinity);

    [Fact]
    public void A_copy_on_the_front_weighs_again_and_a_copy_among_the_found_changes_nothing() =>
        InvertedGenerationalDistance.Compute([[0], [0], [3]], [[3], [3]]).ShouldBe(2);

    [Fact]
    public void Three_objectives_are_measured_in_space() => InvertedGenerationalDistance.Compute([[0, 0, 0]], [[1, 2, 2]]).ShouldBe(3);

    [Fact]
    public void An_empty_front_is_refused() =>
        Should.Throw<ArgumentException>(() => InvertedGenerationalDistance.Compute([], [[1, 2]])).Message.ShouldContain("empty front");

    [Fact]
    public void Points_of_different_dimension_are_refused() =>
        Should.Throw<ArgumentException>(() => InvertedGenerationalDistance.Compute([[1]], [[1, 2]]))
            .Message.ShouldContain("2 objectives, the front has 1");
}
