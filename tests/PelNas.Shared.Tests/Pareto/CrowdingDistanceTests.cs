using PelNas.Shared.Tests.Search;

namespace PelNas.Shared.Tests.Pareto;

public sealed class CrowdingDistanceTests
{
    private const double Infinity = double.PositiveInfinity;

    [Fact]
    public void No_points_have_no_distances() => CrowdingDistance.Compute([]).ShouldBeEmpty();

    [Fact]
    public void One_and_two_points_are_extremes()
    {
        CrowdingDistance.Compute([[1, 2]]).ShouldBe([Infinity]);
        CrowdingDistance.Compute([[1, 2], [2, 1]]).ShouldBe([Infinity, Infinity]);
    }

    [Fact]
    public void An_inner_point_gets_the_sides_of_the_box_between_its_neighbours() =>
        CrowdingDistance.Compute([[0, 10], [2, 4], [3, 3], [10, 0]])
            .ShouldBe([Infinity, (3 / 10.0) + (7 / 10.0), (8 / 10.0) + (4 / 10.0), Infinity]);

    [Fact]
    public void Of_copies_between_others_the_inner_ones_have_no_room() =>
        CrowdingDistance.Compute([[0, 4], [1, 1], [1, 1], [1, 1], [4, 0]])[2].ShouldBe(0);

    [Fact]
    public void Copies_alone_are_all_extremes()
        => CrowdingDistance.Compute([[1, 1], [1, 1], [1, 1]]).ShouldAllBe(distance => distance == Infinity);

    [Fact]
    public void An_objective_without_range_adds_nothing() =>
        CrowdingDistance.Compute([[0, 5], [1, 5], [4, 5]]).ShouldBe([Infinity, 1, Infinity]);

    [Property]
    public Property Distances_do_not_depend_on_the_unit_of_an_objective() => Prop.ForAll(Points.OnGrid(3), points =>
        CrowdingDistance.Compute([.. points.Select(point => new[] { point[0] * 1024, point[1], point[2] / 1024 })])
            .SequenceEqual(CrowdingDistance.Compute(points)));

    [Fact]
    public void An_infinite_range_is_refused() =>
        Should.Throw<ArgumentException>(() => CrowdingDistance.Compute([[0, 1], [1, Infinity]])).Message.ShouldContain("Objective 1");
}
