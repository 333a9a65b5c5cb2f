namespace PelNas.Shared.Tests.Pareto;

public sealed class LexicographicOrderTests
{
    private static readonly double[] Extremes =
    [
        double.NegativeInfinity, double.MinValue, -1.5, -1, -double.Epsilon, -0.0, 0.0, double.Epsilon, 1, Math.BitIncrement(1.0), 1.5,
        double.MaxValue, double.PositiveInfinity,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Points_are_ordered_by_one_objective_after_the_other_and_copies_by_index(int dimension) => Prop.ForAll(
        Gen.Choose(0, 600).SelectMany(count => Gen.Elements(Extremes).ArrayOf(dimension).ArrayOf(count)).ToArbitrary(),
        points =>
        {
            Comparer<int> byPoint = Comparer<int>.Create((left, right) => points[left].AsSpan().SequenceCompareTo(points[right]));
            LexicographicOrder.Of([.. points.SelectMany(point => point)], dimension)
                .ShouldBe(Enumerable.Range(0, points.Length).OrderBy(index => index, byPoint));
        }).ShouldHold();

    [Fact]
    public void Numbers_that_differ_in_the_last_bit_are_told_apart()
    {
        long first = BitConverter.DoubleToInt64Bits(0.1);
        double[] numbers = [.. Enumerable.Range(0, 1_000).Select(step => BitConverter.Int64BitsToDouble(first + (step * 7 % 1_000)))];
        LexicographicOrder.Of(numbers, 1).Select(index => numbers[index]).ShouldBe(numbers.Order());
    }

    [Fact]
    public void Equal_numbers_share_a_place()
    {
        int[] places = new int[5];
        LexicographicOrder.PlacesOf([3, -1, 0.0, 3, -0.0], places).ShouldBe([1, 2, 4, 0, 3]);
        places.ShouldBe([2, 0, 1, 2, 1]);
    }
}
