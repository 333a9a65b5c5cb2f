namespace PelNas.Shared.Tests.Tables;

public sealed class OpenBenchmarkTests
{
    private const string Device = "zcu102-latency";

    private static readonly OpenBenchmark Open = (OpenBenchmark)StepHarness.Tables.GetSpace("accel-nasbench-open");
    private static readonly SpaceBenchmark Measured = (SpaceBenchmark)StepHarness.Tables.GetSpace("accel-nasbench");

    [Fact]
    public void Surrogates_rank_the_measured_networks_as_they_were_measured()
    {
        Open.Architectures.ShouldBe(104_485_552_128);
        byte[][] networks = [.. Enumerable.Range(0, Measured.Space.Size).Select(index => Measured.Space.Genotype(index).ToArray())];
        Spearman(Open.Measures.Accuracies["imagenet"], Measured.GetContext("imagenet", Device).TestAccuracy).ShouldBeGreaterThan(0.98);
        foreach (string device in Open.Devices)
        {
            Spearman(Open.Measures.Latencies[device], Measured.GetContext("imagenet", device).LatencyMs)
                .ShouldBeGreaterThan(device == "tpuv3-throughput" ? 0.95 : 0.99, device);
        }

        for (int index = 0; index < networks.Length; index += 50)
        {
            Open.Measures.ParamsM!(networks[index]).ShouldBe(Measured.Space.ParamsM(index), 1e-4);
            Open.Measures.FlopsM!(networks[index]).ShouldBe(Measured.Space.FlopsM(index), 1e-2);
        }

        double Spearman(Func<byte[], double> surrogate, IReadOnlyList<double> measured)
        {
            int[] known = [.. Enumerable.Range(0, networks.Length).Where(index => double.IsFinite(measured[index]))];
            return RankAgreement.Spearman(
                [.. known.Select(index => surrogate(networks[index]))], [.. known.Select(index => measured[index])])!.Value;
        }
    }

    [Fact]
    public void A_context_begins_with_the_sample_of_its_seed_and_the_ends_of_the_latencies()
    {
        BenchmarkContext context = Open.GetContext("imagenet", Device, seed: 3);
        context.HasAccuracies.ShouldBeFalse();
        context.Space.SampleSize.ShouldBe(context.Space.Size);
        context.Space.Size.ShouldBeInRange(OpenBenchmark.SampleSize, OpenBenchmark.SampleSize + 2);
        Open.GetContext("imagenet", Device, seed: 3).LatencyMs.ShouldBe(context.LatencyMs);
        Open.GetContext("imagenet", Device, seed: 4).LatencyMs.ShouldNotBe(context.LatencyMs);
        context.LatencyRangeMs.Min.ShouldBe(Open.GetContext("imagenet", Device, seed: 4).LatencyRangeMs.Min, 1e-9);
        context.LatencyRangeMs.Min.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Further_architectures_follow_and_a_place_that_none_has_taken_can_run_nowhere()
    {
        BenchmarkContext context = Open.GetContext("imagenet", Device, seed: 3);
        byte[] fresh = Open.Decisions.Neighbours(context.Space.Genotype(0).ToArray())
            .First(neighbour => context.Space.IndexOf(neighbour) < 0);
        BenchmarkContext grown = Open.Extend(context, [[], fresh]);
        int index = context.Space.Size + 1;
        grown.Space.IndexOf(fresh).ShouldBe(index);
        grown.Space.SampleSize.ShouldBe(context.Space.Size);
        grown.LatencyRangeMs.ShouldBe(context.LatencyRangeMs);
        grown.LatencyMs[index].ShouldBe(Open.Measures.Latencies[Device](fresh));
        grown.Labels(LabelSources.Validation)[index].ShouldBe(Open.Measures.Accuracies["imagenet"](fresh));
        grown.IsFeasible(index - 1).ShouldBeFalse();
        grown.Space.IsConnected(index - 1).ShouldBeFalse();
        BenchmarkContext again = Open.Extend(grown, []);
        again.Space.IsConnected(index - 1).ShouldBeFalse();
        again.LatencyMs[..index].ShouldBe(grown.LatencyMs[..index]);
    }

    [Fact]
    public void A_sample_falls_short_of_the_best_known_front()
    {
        BestKnownFront best = Open.BestKnown("imagenet", Device);
        BenchmarkContext sample = Open.GetContext("imagenet", Device, seed: 3);
        FrontQuality drawn = best.Evaluate(Enumerable.Range(0, sample.Space.Size)
            .Select(index => (sample.LatencyMs[index], sample.TestAccuracy[index])));
        drawn.HypervolumeRatio.ShouldBeInRange(0.8, 0.999);
        drawn.TrueFrontSize.ShouldBeGreaterThan(100);
        best.Evaluate([]).HypervolumeRatio.ShouldBe(0);
    }

    [Fact]
    public void What_is_no_device_of_the_space_is_told_with_those_that_are()
        => Should.Throw<UnknownContextException>(() => Open.GetContext("imagenet", "fpga", seed: 1)).Message.ShouldContain(Device);
}
