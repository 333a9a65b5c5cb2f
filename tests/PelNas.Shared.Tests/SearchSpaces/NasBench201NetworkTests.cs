namespace PelNas.Shared.Tests.SearchSpaces;

public sealed class NasBench201NetworkTests
{
    private static readonly NasBench201 Space = NasBench201.Instance;

    [Fact]
    public void Parameters_and_flops_are_those_of_the_benchmark_for_every_cell()
    {
        string[][] rows = ShippedTable.Rows("zerocost-nasbench201.csv.gz");
        rows.Length.ShouldBe(Space.Size);
        for (int index = 0; index < rows.Length; index++)
        {
            ShouldAgree(Space.ParamsM(index), rows[index][1], $"parameters of {index}");
            ShouldAgree(Space.FlopsM(index), rows[index][2], $"flops of {index}");
        }
    }

    [Theory]
    [InlineData(10, 0.073306)]
    [InlineData(100, 0.079156)]
    [InlineData(120, 0.080456)]
    public void The_classifier_has_65_parameters_a_class(int classes, double expected) =>
        Space.ParamsM(Space.IndexOf([1, 1, 1, 1, 1, 1]), classes).ShouldBe(expected);

    /// <summary>The smallest networks of NATS-Bench have 7.78305, 7.7889 and 1.9534 million.</summary>
    [Theory]
    [InlineData(32, 10, 7.78305)]
    [InlineData(32, 100, 7.7889)]
    [InlineData(16, 120, 1.9534)]
    public void Flops_follow_resolution_and_classes(int resolution, int classes, double expected) =>
        Space.FlopsM(Space.IndexOf([0, 0, 0, 0, 0, 0]), resolution, classes).ShouldBe(expected);

    [Fact]
    public void The_dearest_cell_has_six_3x3_convolutions() => Space.FlopsM(Space.IndexOf([3, 3, 3, 3, 3, 3])).ShouldBe(220.11969);

    [Fact]
    public void Sizes_below_one_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Space.ParamsM(0, 0)).ParamName.ShouldBe("classes");
        Should.Throw<ArgumentOutOfRangeException>(() => Space.FlopsM(0, 0)).ParamName.ShouldBe("resolution");
        Should.Throw<ArgumentOutOfRangeException>(() => Space.FlopsM(0, 32, 0)).ParamName.ShouldBe("classes");
    }

    /// <summary>The table keeps six significant digits: the exact value lies within half a unit of the last one.</summary>
    private static void ShouldAgree(double exact, string published, string what)
    {
        double value = double.Parse(published, CultureInfo.InvariantCulture);
        double unit = Math.Pow(10, Math.Floor(Math.Log10(value)) - 5);
        exact.ShouldBe(value, unit * 0.5000001, what);
    }
}
