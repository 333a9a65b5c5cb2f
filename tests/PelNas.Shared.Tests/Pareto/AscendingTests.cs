namespace PelNas.Shared.Tests.Pareto;

public sealed class AscendingTests
{
    [Property]
    public Property Numbers_up_to_the_limit_are_counted() => Prop.ForAll(
        Gen.Choose(0, 60).ListOf().ToArbitrary(),
        Gen.Choose(-1, 61).ToArbitrary(),
        (numbers, limit) => Ascending.CountUpTo<int>([.. numbers.Order()], limit) == numbers.Count(number => number <= limit));

    [Fact]
    public void Infinity_is_above_every_number() =>
        Ascending.CountUpTo([double.NegativeInfinity, 3, double.PositiveInfinity], 3.0).ShouldBe(2);
}
