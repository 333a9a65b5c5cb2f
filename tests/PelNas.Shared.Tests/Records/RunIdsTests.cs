using PelNas.Shared.Records;


namespace PelNas.Shared.Tests.Records;

public class RunIdsTests
{
    [Fact]
    public void An_id_begins_with_the_utc_start()
        => RunIds.Create(new DateTimeOffset(2026, 1, 2, 5, 4, 5, TimeSpan.FromHours(2)), "ab12").ShouldBe("20260102-030405-ab12");

    [Theory]
    [InlineData("20260102-030405-ab12", true)]
    [InlineData("20260102-030405-sweep-cifar10-fpga", true)]
    [InlineData("20260102-030405-", false)]
    [InlineData("20260102-030405-AB", false)]
    [InlineData("20260102-030405-../x", false)]
    [InlineData("20260102-030405-ab12\n", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_ids_of_the_form_are_valid(string? text, bool valid) => RunIds.IsValid(text).ShouldBe(valid);
}
