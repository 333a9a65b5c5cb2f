using System.Collections.Immutable;
using PelNas.Shared.Common;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Tests.Tables;

public sealed class LatencyTableBuilderTests
{
    private static readonly NasBench201 Space = NasBench201.Instance;

    [Fact]
    public void Rows_in_any_order_make_a_table_by_index()
    {
        LatencyTableBuilder builder = new(Space);
        foreach (int index in Enumerable.Range(0, Space.Size).Reverse())
        {
            builder.Add($"line {index}", index, index + 0.5);
        }

        builder.TryBuild("latencies", out ImmutableArray<double> table, out IReadOnlyList<FieldError> errors).ShouldBeTrue();
        errors.ShouldBeEmpty();
        table.ShouldBe(Enumerable.Range(0, Space.Size).Select(index => index + 0.5));
    }

    [Theory]
    [InlineData(-1, 1, "is not of")]
    [InlineData(15_625, 1, "0 to 15624")]
    [InlineData(3, 0, "not a number over 0")]
    [InlineData(3, -0.1, "not a number over 0")]
    [InlineData(3, double.NaN, "not a number over 0")]
    [InlineData(3, double.PositiveInfinity, "not a number over 0")]
    [InlineData(7, 1, "was given before")]
    public void A_wrong_row_is_reported_at_its_place(int index, double latency, string message)
    {
        LatencyTableBuilder builder = new(Space);
        builder.Add("line 2", 7, 1);
        builder.Add("line 3", index, latency);
        builder.TryBuild("latencies", out ImmutableArray<double> table, out IReadOnlyList<FieldError> errors).ShouldBeFalse();
        table.ShouldBeEmpty();
        errors.Select(error => error.Field).ShouldBe(["line 3", "latencies"]);
        errors[0].Message.ShouldContain(message);
        errors[1].Message.ShouldStartWith("15624 of 15625 architectures have no latency: 0, 1, 2");
    }
}
