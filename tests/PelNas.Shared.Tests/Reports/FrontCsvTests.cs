namespace PelNas.Shared.Tests.Reports;

public sealed class FrontCsvTests
{
    private const string Header =
        "index,architecture,accuracy,validationAccuracy,testAccuracy,predictedAccuracy,latencyMs,latencyFrom,latencyLowMs,latencyHighMs,"
            + "energyMj,paramsM,flopsM,partition,generation,hasPath,labelsFrom\n";

    private static readonly FrontPoint Point = new()
    {
        Index = 42,
        Architecture = "|none~0|+|none~0|skip_connect~1|+|none~0|none~1|nor_conv_1x1~2|",
        Accuracy = 93.5,
        ValidationAccuracy = 93.5,
        TestAccuracy = 94.25,
        PredictedAccuracy = 0.1 + 0.2,
        LatencyMs = 1e-7,
        ParamsM = 0.344,
        FlopsM = 47,
        Partition = 2,
        Generation = 3,
    };

    [Fact]
    public void A_front_is_a_header_and_a_line_a_point()
        => FrontCsv.Format([Point, Point with { Index = 1, TestAccuracy = null, PredictedAccuracy = null }], "validation").ShouldBe(
            Header
            + "42,|none~0|+|none~0|skip_connect~1|+|none~0|none~1|nor_conv_1x1~2|,93.5,93.5,94.25,0.30000000000000004,1E-07,,,,,0.344,47,2,"
            + "3,true,validation\n"
            + "1,|none~0|+|none~0|skip_connect~1|+|none~0|none~1|nor_conv_1x1~2|,93.5,93.5,,,1E-07,,,,,0.344,47,2,3,true,validation\n");

    [Fact]
    public void A_predicted_latency_has_its_interval_and_a_device_with_energy_its_own_column()
        => FrontCsv.Format(
            [Point with { LatencyMs = 3, LatencyFrom = "predicted", LatencyLowMs = 2.5, LatencyHighMs = 3.5, EnergyMj = 12.25 }],
            "validation")
            .ShouldContain(",3,predicted,2.5,3.5,12.25,0.344,");

    [Fact]
    public void No_point_leaves_the_header() => FrontCsv.Format([], "validation").ShouldBe(Header);

    [Theory]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("plain text", "plain text")]
    [InlineData("", "")]
    public void Text_is_quoted_where_it_must_be(string text, string field) => Field(text).ShouldBe(field);

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"")]
    public void Text_that_a_spreadsheet_would_run_is_disarmed(string text, string field) => Field(text).ShouldBe(field);

    private static string Field(string text)
    {
        string csv = FrontCsv.Format([Point with { Architecture = text }], "validation");
        const string Start = Header + "42,";
        const string End = ",93.5,93.5,94.25,0.30000000000000004,1E-07,,,,,0.344,47,2,3,true,validation\n";
        csv.ShouldStartWith(Start);
        csv.ShouldEndWith(End);
        return csv[Start.Length..^End.Length];
    }
}
