namespace PelNas.Shared.Tests.Common;

public sealed class NearMissTests
{
    private static readonly string[] Devices = ["fpga", "eyeriss", "raspi4", "pixel3", "titan_rtx_1"];

    [Theory]
    [InlineData("fgpa", "fpga")]
    [InlineData("FPGAA", "fpga")]
    [InlineData("eyerris", "eyeriss")]
    [InlineData("eyreiss", "eyeriss")]
    [InlineData("raspi", "raspi4")]
    [InlineData("titan-rtx-1", "titan_rtx_1")]
    [InlineData("toaster", null)]
    [InlineData("", null)]
    [InlineData("gfap", null)]
    public void The_nearest_name_is_found_unless_it_is_another_word(string word, string? name) => NearMiss.Of(word, Devices).ShouldBe(name);

    [Fact]
    public void An_unknown_name_is_told_with_those_that_are_allowed()
    {
        NearMiss.Unknown("bth", ["both", "paths"]).ShouldBe("'bth' is unknown (did you mean 'both'?); allowed are both, paths");
        NearMiss.Unknown("x", ["both", "paths"]).ShouldBe("'x' is unknown; allowed are both, paths");
        NearMiss.Unknown(new string('x', 5000), ["both"]).Length.ShouldBeLessThan(120);
    }
}
