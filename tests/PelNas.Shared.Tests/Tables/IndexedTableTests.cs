namespace PelNas.Shared.Tests.Tables;

public sealed class IndexedTableTests
{
    [Fact]
    public void Numbers_stand_under_their_index_and_gaps_are_missing()
    {
        IndexedTable table = Parse("index,a,b\n1,2.5,-3e4\n3,,7\n", rows: 2);
        table.Numbers("a").ShouldBe([double.NaN, 2.5, double.NaN, double.NaN, double.NaN]);
        table.Numbers("b").ShouldBe([double.NaN, -30_000, double.NaN, 7, double.NaN]);
    }

    [Fact]
    public void Numbers_are_read_to_the_last_bit()
    {
        string[] texts = ["0.1", "94.3733", "2.01819e+26", "1.7976931348623157e308", "5e-324", "73.51330000000001"];
        IndexedTable table = IndexedTable.Parse(
            "t.csv", Encoding.UTF8.GetBytes("index,a\n" + string.Concat(texts.Select((text, index) => $"{index},{text}\n"))),
            texts.Length, texts.Length);
        table.Numbers("a").ShouldBe(texts.Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("", "it does not end with a line break")]
    [InlineData("index,a", "it does not end with a line break")]
    [InlineData("index,a\n1,2", "it does not end with a line break")]
    [InlineData("arch,a\n1,2\n", "its header is 'arch,a', not 'index' and columns after it")]
    [InlineData("index\n1\n", "its header is 'index'")]
    [InlineData("index,a\n1,2\n2,3\n", "it has 2 rows, not 1")]
    [InlineData("index,a\n", "it has 0 rows, not 1")]
    [InlineData("index,a\n1,2,3\n", "line 2 has 3 fields, not 2")]
    [InlineData("index,a\n1\n", "line 2 has 1 fields, not 2")]
    [InlineData("index,a\n5,2\n", "line 2 has no index above -1 and below 5")]
    [InlineData("index,a\n-1,2\n", "line 2 has no index above -1 and below 5")]
    [InlineData("index,a\nx,2\n", "line 2 has no index above -1 and below 5")]
    [InlineData("index,a\n1.0,2\n", "line 2 has no index above -1 and below 5")]
    public void A_table_of_the_wrong_shape_is_refused(string text, string problem) =>
        Should.Throw<DataFileException>(() => Parse(text, rows: 1)).Message.ShouldStartWith($"Data file t.csv: {problem}");

    [Fact]
    public void An_index_that_comes_twice_is_refused() =>
        Should.Throw<DataFileException>(() => Parse("index,a\n2,1\n2,1\n", rows: 2))
            .Message.ShouldContain("line 3 has no index above 2 and below 5");

    [Theory]
    [InlineData("c")]
    [InlineData("index")]
    public void A_column_that_is_not_there_is_named(string column) =>
        Should.Throw<DataFileException>(() => Parse("index,a\n1,2\n", rows: 1).Numbers(column))
            .Message.ShouldContain($"it has no column '{column}'");

    private static IndexedTable Parse(string text, int rows)
        => IndexedTable.Parse("t.csv", Encoding.UTF8.GetBytes(text), rows, keyCount: 5);
}
