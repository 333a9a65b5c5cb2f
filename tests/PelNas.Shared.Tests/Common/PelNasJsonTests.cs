using PelNas.Shared.Tests.Storage;

namespace PelNas.Shared.Tests.Common;

public sealed class PelNasJsonTests
{
    private enum Colour
    {
        DarkRed,
    }

    [Fact]
    public void Names_are_camel_case_enums_are_strings_and_times_are_utc()
    {
        PelNasJson.Serialize(new { FirstName = Colour.DarkRed, At = new DateTimeOffset(2026, 3, 1, 13, 0, 0, TimeSpan.FromHours(1)) })
            .ShouldBe("""{"firstName":"darkRed","at":"2026-03-01T12:00:00Z"}""");
        PelNasJson.Serialize(new DateTimeOffset(2026, 3, 1, 13, 0, 0, 120, TimeSpan.Zero)).ShouldBe("\"2026-03-01T13:00:00.12Z\"");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Numbers_that_are_not_finite_are_refused(double number)
        => Should.Throw<ArgumentException>(() => PelNasJson.Serialize(number));

    [Fact]
    public void Compact_JSON_may_stand_in_a_page()
    {
        string json = PelNasJson.Serialize("</script><!-- & 'x' 漢字");
        json.ShouldNotContain("<");
        json.ShouldNotContain("&");
        json.ShouldContain("漢字");
        PelNasJson.Deserialize<string>(json).ShouldBe("</script><!-- & 'x' 漢字");
    }

    [Fact]
    public void Indented_JSON_keeps_architecture_strings_as_published() =>
        JsonSerializer.Serialize("|none~0|+|none~0|none~1|", PelNasJson.Indented).ShouldBe("\"|none~0|+|none~0|none~1|\"");

    [Theory]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"partition":0}""")]
    [InlineData("""{"partition":0,"generation":1,"rejected":null}""")]
    [InlineData("""{"partition":0,"generation":1,"generation":2}""")]
    public void A_row_with_something_missing_null_or_twice_is_refused(string json) =>
        Should.Throw<JsonException>(() => PelNasJson.Deserialize<RoundRow>(json));

    [Fact]
    public void Doubles_come_back_bit_for_bit()
    {
        CandidateRow row = StoreSamples.Candidate(1) with { LatencyMs = 0.1 + 0.2, Accuracy = double.Epsilon };
        PelNasJson.Deserialize<CandidateRow>(PelNasJson.Serialize(row)).ShouldBe(row);
    }
}
