namespace PelNas.Shared.Tests.Devices;

public sealed class AdditiveLatencyTests
{
    [Fact]
    public void One_latency_scales_complexity()
    {
        AdditiveLatency model = AdditiveLatency.Fit([[1, 1]], [10], Complexity);
        model.Of([2, 2]).ShouldBe(20, 1e-9);
        model.DeviationMs.ShouldBe(0);
    }

    [Fact]
    public void From_eight_on_it_learns_what_choices_add_beside_their_complexity()
    {
        Random random = new(1);
        byte[][] all = [.. Enumerable.Range(0, 81)
            .Select(number => new[] { (byte)(number / 27), (byte)(number / 9 % 3), (byte)(number / 3 % 3), (byte)(number % 3) })];
        random.Shuffle(all);
        double[] latencies = Array.ConvertAll(all, Truth);
        AdditiveLatency model = AdditiveLatency.Fit(all[..30], latencies[..30], Complexity);
        AdditiveLatency few = AdditiveLatency.Fit(all[..7], latencies[..7], Complexity);
        Miss(model).ShouldBeLessThan(Miss(few) / 3);
        model.DeviationMs.ShouldBeInRange(Miss(model) / 3, Miss(model) * 3);

        double Miss(AdditiveLatency fitted) => Math.Sqrt(all[30..].Average(genotype => Math.Pow(fitted.Of(genotype) - Truth(genotype), 2)));
    }

    [Fact]
    public void A_latency_is_over_0_wherever_complexity_is()
    {
        byte[][] told = [.. Enumerable.Range(0, 12).Select(number => new[] { (byte)(number % 3), (byte)(number / 3) })];
        AdditiveLatency model = AdditiveLatency.Fit(told, [.. told.Select(genotype => genotype[0] == 0 ? 0.01 : 50)], Complexity);
        told.ShouldAllBe(genotype => model.Of(genotype) > 0 || Complexity(genotype) == 0);
    }

    // What the first choice adds is not what its complexity says.
    private static double Truth(byte[] genotype) => 5 + (genotype[0] == 1 ? 8 : 0) + (2 * genotype[1]) + genotype[2] + genotype[3];

    private static double Complexity(byte[] genotype) => genotype.Sum(choice => (double)choice);
}
