namespace PelNas.Shared.Tests.Common;

public sealed class NormalTests
{
    [Fact]
    public void Deviates_have_mean_0_and_deviation_1_and_an_odd_number_can_be_drawn()
    {
        double[] deviates = Normal.Draw(100_001, SeededRandom.For(1, "test"));
        deviates.Length.ShouldBe(100_001);
        deviates.Mean().ShouldBe(0, 0.02);
        deviates.StandardDeviation().ShouldBe(1, 0.02);
        deviates.Count(value => Math.Abs(value) > 1.96).ShouldBeInRange(4_600, 5_400);
    }
}
