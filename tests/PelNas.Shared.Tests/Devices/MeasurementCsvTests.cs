using PelNas.Shared.Devices.Uploads;

namespace PelNas.Shared.Tests.Devices;

public sealed class MeasurementCsvTests
{
    private const string Good = "1,1\n2,2\n3,3\n4,4\n5,5\n";
    private const string Cell = "|nor_conv_3x3~0|+|nor_conv_3x3~0|skip_connect~1|+|none~0|avg_pool_3x3~1|nor_conv_1x1~2|";

    [Theory]
    [InlineData("index,latency_ms", 1)]
    [InlineData("index,latency_us", 0.001)]
    [InlineData("index,latency_s", 1_000)]
    [InlineData("Index, Latency_ms ", 1)]
    [InlineData("\"index\",\"latency_ms\"", 1)]
    public void A_header_names_the_unit(string header, double msOf)
        => Read($"{header}\n{Good}").Select(cell => cell.LatencyMs!.Value).ShouldBe([msOf, 2 * msOf, 3 * msOf, 4 * msOf, 5 * msOf], 1e-9);

    [Fact]
    public void Columns_may_be_exchanged_and_cells_named_by_their_notation_with_any_line_end()
    {
        IReadOnlyList<MeasuredCell> cells = Read(
            "\uFEFFlatency_ms,architecture\r\n0.5,"
                + $"{Cell}\r\n{string.Join("\r\n", Enumerable.Range(10, 5).Select(index => $"{index},{NasBench201.Instance.Format(index)}"))}\r\n\r\n");

        NasBench201.Instance.TryParse(Cell, out int index, out _).ShouldBeTrue();
        cells.Single(cell => cell.Index == index).LatencyMs.ShouldBe(0.5);
        cells.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData("index")]
    [InlineData("architecture")]
    public void Either_column_takes_an_index_or_the_notation_whatever_its_spaces_and_case(string column)
    {
        IReadOnlyList<MeasuredCell> cells = Read(
            $"{column},latency_ms\n{Good}{Cell.ToUpperInvariant().Replace("|+|", "| + |", StringComparison.Ordinal)},0.5\n");

        NasBench201.Instance.TryParse(Cell, out int index, out _).ShouldBeTrue();
        cells.Select(cell => (cell.Index, cell.LatencyMs)).ShouldContain((index, 0.5));
        cells.Count.ShouldBe(6);
    }

    [Fact]
    public void Rows_of_one_cell_are_averaged_and_their_spread_is_the_noise()
    {
        MeasuredCell cell = Read($"index,latency_ms\n7,10\n{Good}7,14\n7,12\n").Single(cell => cell.Index == 7);

        cell.ShouldBe(new MeasuredCell(7, 12, 3, 2));
    }

    [Fact]
    public void A_cell_that_failed_has_no_latency()
        => Read($"index,latency_ms\n7,failed\n8, FAILED\n7,failed\n{Good}").Where(cell => cell.LatencyMs is null).Select(cell => cell.Index)
            .ShouldBe([7, 8]);

    [Theory]
    [InlineData("", "line 1", "empty")]
    [InlineData("\n", "line 1", "empty")]
    [InlineData("0,1\n1,2\n", "line 1", "'0'")]
    [InlineData("index;latency_ms\n1;2\n", "line 1", "semicolons")]
    [InlineData("index\tlatency_ms\n", "line 1", "tabs")]
    [InlineData("index\n1\n", "line 1", "one of latency_ms")]
    [InlineData("latency_ms\n1\n", "line 1", "either index or architecture")]
    [InlineData("index,architecture,latency_ms\n", "line 1", "either index or architecture")]
    [InlineData("index,latency_ms,latency_us\n", "line 1", "one of latency_ms")]
    [InlineData("index,index,latency_ms\n", "line 1", "index twice")]
    [InlineData("index,latency\n", "line 1", "'latency'")]
    [InlineData("index,latency_ms,device\n", "line 1", "'device'")]
    [InlineData("index,latency_ms\n1\n", "line 2", "and has 1")]
    [InlineData("index,latency_ms\n1,2,x\n", "line 2", "and has 3")]
    [InlineData("index,latency_ms\n1,2,5\n", "line 2", "a point, not a comma")]
    [InlineData("index,latency_ms\n1,\"2,5\"\n", "line 2", "a point, not a comma")]
    [InlineData("index,latency_ms\n1,\"1,234.5\"\n", "line 2", "thousands")]
    [InlineData("index,latency_ms\n1,\"2\n", "line 2", "not closed")]
    [InlineData("index,latency_ms\n,2\n", "line 2", "index is empty")]
    [InlineData("index,latency_ms\n1.0,2\n", "line 2", "index: '1.0' is no architecture")]
    [InlineData("index,latency_ms\nx,2\n", "line 2", "index: 'x' is no architecture")]
    [InlineData("index,latency_ms\n99999999999,2\n", "line 2", "0 to 15624")]
    [InlineData("index,latency_ms\n-1,2\n", "line 2", "0 to 15624")]
    [InlineData("index,latency_ms\n15625,2\n", "line 2", "0 to 15624")]
    [InlineData("architecture,latency_ms\n|conv~0|,2\n", "line 2", "architecture: ")]
    [InlineData("architecture,latency_ms\n|nor_conv_7x7~0|+|none~0|none~1|+|none~0|none~1|none~2|,2\n", "line 2", "nor_conv_7x7")]
    [InlineData("architecture,latency_ms\n1e2,2\n", "line 2", "architecture: '1e2' is no architecture")]
    [InlineData("index,latency_ms\n1,\n", "line 2", "write 'failed'")]
    [InlineData("index,latency_ms\n1,fast\n", "line 2", "latency_ms 'fast' is not a number")]
    [InlineData("index,latency_ms\n1,2ms\n", "line 2", "latency_ms '2ms' is not a number")]
    [InlineData("index,latency_ms\n1,NaN\n", "line 2", "number")]
    [InlineData("index,latency_ms\n1,-inf\n", "line 2", "number")]
    [InlineData("index,latency_ms\n1,1e999\n", "line 2", "number over 0")]
    [InlineData("index,latency_ms\n1,0\n", "line 2", "number over 0")]
    [InlineData("index,latency_s\n1,-2\n", "line 2", "number over 0")]
    [InlineData("index,latency_s\n1,86401\n", "line 2", "more than a day")]
    [InlineData("index,latency_us\n1,1e-4\n", "line 2", "less than a nanosecond")]
    [InlineData("index,latency_ms\n1,2\n1,failed\n", "line 3", "has a latency in line 2")]
    [InlineData("index,latency_ms\n1,failed\n1,2\n", "line 3", "failed in line 2")]
    [InlineData("index,latency_ms\n1,2\u0000\n", "line 1", "zero bytes")]
    [InlineData("index,latency_ms\n", "rows", "0 cells have a latency")]
    [InlineData("index,latency_ms\n1,2\n2,3\n3,4\n4,5\n", "rows", "4 cells have a latency")]
    [InlineData("index,latency_ms\n1,failed\n2,failed\n3,failed\n4,failed\n5,failed\n", "rows", "0 cells have a latency")]
    [InlineData("index,latency_ms\n1,5\n2,5\n3,5\n4,5\n5,5\n", "rows", "all 5 measured cells take 5 ms")]
    public void What_is_wrong_is_told_with_row_and_column(string csv, string place, string message)
        => Refused(Encoding.UTF8.GetBytes(csv))
            .ShouldContain(error => error.Field == place && error.Message.Contains(message, StringComparison.Ordinal), csv);

    [Fact]
    public void A_file_in_another_encoding_or_none_at_all_is_told()
    {
        Refused(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("index,latency_ms\n")).ToArray())
            .Single(error => error.Field == "line 1").Message.ShouldContain("UTF-16");
        Refused([0x69, 0xFC, 0x0A]).Single(error => error.Field == "line 1").Message.ShouldContain("byte 2");
        Refused([0x1F, 0x8B, 8]).Single(error => error.Field == "line 1").Message.ShouldContain("compressed");
        Refused("PK\u0003\u0004"u8.ToArray()).Single(error => error.Field == "line 1").Message.ShouldContain("spreadsheet");
    }

    [Fact]
    public void Twenty_wrong_rows_are_named_and_the_rest_counted()
    {
        IReadOnlyList<FieldError> errors =
            Refused(Encoding.UTF8.GetBytes("index,latency_ms\n" + string.Concat(Enumerable.Repeat("x,1\n", 50))));

        errors.Count.ShouldBe(21);
        errors[^1].ShouldBe(new FieldError("rows", "30 more rows are wrong"));
    }

    [Fact]
    public void A_table_of_all_cells_may_be_as_flat_as_it_likes()
        => Read("index,latency_ms\n" + string.Concat(Enumerable.Range(0, 15_625).Select(index => $"{index},5\n"))).Count.ShouldBe(15_625);

    private static IReadOnlyList<MeasuredCell> Read(string csv)
    {
        MeasurementRows rows = new(NasBench201.Instance);
        MeasurementCsv.Read(Encoding.UTF8.GetBytes(csv), rows);
        rows.TryBuild("rows", out IReadOnlyList<MeasuredCell> cells, out IReadOnlyList<FieldError> errors)
            .ShouldBeTrue(FieldError.Describe(errors));
        return cells;
    }

    private static IReadOnlyList<FieldError> Refused(byte[] bytes)
    {
        MeasurementRows rows = new(NasBench201.Instance);
        MeasurementCsv.Read(bytes, rows);
        rows.TryBuild("rows", out IReadOnlyList<MeasuredCell> cells, out IReadOnlyList<FieldError> errors).ShouldBeFalse();
        cells.ShouldBeEmpty();
        return errors;
    }
}
