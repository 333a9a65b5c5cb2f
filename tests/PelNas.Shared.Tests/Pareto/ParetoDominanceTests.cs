using PelNas.Shared.Tests.Search;

namespace PelNas.Shared.Tests.Pareto;

public sealed class ParetoDominanceTests
{
    [Theory]
    [InlineData(new[] { 1.0 }, new[] { 2.0 }, true)]
    [InlineData(new[] { 1.0, 2 }, new[] { 1.0, 3 }, true)]
    [InlineData(new[] { 1.0, 2 }, new[] { 1.0, 2 }, false)]
    [InlineData(new[] { 1.0, 3 }, new[] { 2.0, 2 }, false)]
    [InlineData(new[] { 2.0, 2, 2 }, new[] { 1.0, 1, 1 }, false)]
    [InlineData(new[] { 0.0, double.NegativeInfinity }, new[] { 0.0, 1 }, true)]
    public void Dominance_is_no_worse_everywhere_and_better_somewhere(double[] left, double[] right, bool dominates) =>
        ParetoDominance.Dominates(left, right).ShouldBe(dominates);

    [Property]
    public Property Dominance_is_the_definition() => Prop.ForAll(
        Gen.Choose(0, 3).Select(value => (double)value).ArrayOf(3).ToArbitrary(),
        Gen.Choose(0, 3).Select(value => (double)value).ArrayOf(3).ToArbitrary(),
        (left, right) => ParetoDominance.Dominates(left, right) == Points.Dominates(left, right));

    [Fact]
    public void Points_of_different_dimension_are_refused() =>
        Should.Throw<ArgumentException>(() => ParetoDominance.Dominates([1.0], [1.0, 2.0])).Message.ShouldContain("1 and 2 objectives");
}
