using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Tests.Tables;

public sealed class ContextMetricsTests
{
    private static readonly BenchmarkTables Tables = BenchmarkTables.OpenDefault();

    [Theory]
    [InlineData("cifar10", "raspi4", 43)]
    [InlineData("cifar10", "pixel3", 43)]
    [InlineData("cifar10", "eyeriss", 16)]
    [InlineData("cifar10", "fpga", 13)]
    [InlineData("cifar100", "eyeriss", 13)]
    [InlineData("cifar100", "fpga", 15)]
    [InlineData("imagenet16-120", "eyeriss", 14)]
    [InlineData("imagenet16-120", "fpga", 20)]
    public void Exact_fronts_have_the_known_sizes(string dataset, string device, int size) =>
        Tables.GetContext(dataset, device).Metrics.ExactFront.Length.ShouldBe(size);

    [Theory]
    [InlineData("raspi4", 0.96502)]
    [InlineData("pixel3", 0.96252)]
    [InlineData("eyeriss", 0.98922)]
    [InlineData("fpga", 0.98528)]
    public void Exact_fronts_have_the_known_hypervolumes(string device, double hypervolume) =>
        Tables.GetContext("cifar10", device).Metrics.ExactHypervolume.ShouldBe(hypervolume, 5e-6);

    [Fact]
    public void The_exact_front_is_fastest_first_and_each_step_is_more_accurate()
    {
        BenchmarkContext context = Tables.GetContext("cifar10", "raspi4");
        foreach ((int faster, int slower) in context.Metrics.ExactFront.Zip(context.Metrics.ExactFront.Skip(1)))
        {
            context.LatencyMs[faster].ShouldBeLessThan(context.LatencyMs[slower]);
            context.Accuracy[faster].ShouldBeLessThan(context.Accuracy[slower]);
        }
    }

    [Fact]
    public void Labelling_the_exact_front_gives_full_marks()
    {
        foreach ((string dataset, string device) in Tables.StandardContexts)
        {
            ContextMetrics metrics = Tables.GetContext(dataset, device).Metrics;
            FrontQuality quality = metrics.Evaluate(metrics.ExactFront);
            quality.Hypervolume.ShouldBe(metrics.ExactHypervolume);
            quality.HypervolumeRatio.ShouldBe(1);
            quality.Igd.ShouldBe(0);
            quality.FrontHitRate.ShouldBe(1);
            quality.TrueFrontSize.ShouldBe(metrics.ExactFront.Length);
            quality.LiveHypervolumeRatio.ShouldBe(1);
            quality.LiveIgd.ShouldBe(0);
            quality.LiveFrontHitRate.ShouldBe(1);
            metrics.LiveFrontSize.ShouldBeInRange(1, quality.TrueFrontSize);
        }
    }

    [Fact]
    public void With_nothing_labelled_the_distances_are_those_to_the_reference_point()
    {
        FrontQuality quality = Small.Metrics.Evaluate([]);
        quality.Hypervolume.ShouldBe(0);
        quality.HypervolumeRatio.ShouldBe(0);
        quality.FrontHitRate.ShouldBe(0);
        // The exact front scales to (0, 0.5), (0.5, 0.125), (0.75, 0).
        quality.Igd.ShouldBe((Math.Sqrt(1 + 0.25) + Math.Sqrt(0.25 + 0.765625) + Math.Sqrt(0.0625 + 1)) / 3, 1e-12);
        quality.LiveHypervolumeRatio.ShouldBe(0);
        quality.LiveFrontHitRate.ShouldBe(0);
    }

    [Fact]
    public void A_small_context_is_measured_as_by_hand()
    {
        Small.Metrics.ExactFront.ShouldBe([0, 1, 3]);
        // Columns of the staircase: 0.5 * 0.5 + 0.25 * 0.875 + 0.25 * 1.
        Small.Metrics.ExactHypervolume.ShouldBe(0.71875);
        FrontQuality quality = Small.Metrics.Evaluate([1, 4, 1]);
        quality.Hypervolume.ShouldBe(0.5 * 0.875);
        quality.HypervolumeRatio.ShouldBe(0.5 * 0.875 / 0.71875);
        quality.FrontHitRate.ShouldBe(1.0 / 3);
        quality.Igd.ShouldBe((Math.Sqrt(0.25 + 0.140625) + 0 + Math.Sqrt(0.0625 + 0.015625)) / 3, 1e-12);
    }

    [Fact]
    public void Architectures_that_share_a_point_of_the_front_find_it_for_each_other()
    {
        Small.Metrics.Evaluate([2]).ShouldBe(Small.Metrics.Evaluate([1]));
        Small.Metrics.Evaluate([1, 2]).ShouldBe(Small.Metrics.Evaluate([1]));
    }

    [Fact]
    public void The_live_variant_leaves_out_what_is_more_than_ten_points_below_the_best()
    {
        // Best accuracy 90: the live axis runs from error 10 to error 20, so architecture 0 (accuracy 70) is out.
        Small.Metrics.LiveFrontSize.ShouldBe(2);
        FrontQuality quality = Small.Metrics.Evaluate([0, 1]);
        quality.LiveFrontHitRate.ShouldBe(0.5);
        // Live front: (0.5, 0.5) and (0.75, 0).
        quality.LiveHypervolumeRatio.ShouldBe(0.25 / ((0.25 * 0.5) + (0.25 * 1)), 1e-12);
        quality.LiveIgd.ShouldBe(Math.Sqrt(0.0625 + 0.25) / 2, 1e-12);
        Small.Metrics.Evaluate([0]).LiveHypervolumeRatio.ShouldBe(0);
    }

    [Fact]
    public void An_index_outside_the_space_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Small.Metrics.Evaluate([0, 15_625])).Message.ShouldContain("0..15624");

    [Fact]
    public void A_context_without_any_spread_counts_whatever_is_found_as_all()
    {
        ContextMetrics metrics = SmallContext.Of((80, 2), (80, 2), (80, 2)).Metrics;
        metrics.ExactFront.ShouldBe([0]);
        metrics.Evaluate([2]).HypervolumeRatio.ShouldBe(1);
        metrics.Evaluate([]).HypervolumeRatio.ShouldBe(0);
    }

    [Fact]
    public void A_front_of_two_extremes_spans_no_volume_and_is_rated_by_hits()
    {
        ContextMetrics metrics = SmallContext.Of((50, 1), (90, 3)).Metrics;
        metrics.ExactHypervolume.ShouldBe(0);
        metrics.Evaluate([0]).HypervolumeRatio.ShouldBe(0.5);
        metrics.Evaluate([0, 1]).HypervolumeRatio.ShouldBe(1);
    }

    [Property(MaxTest = 50)]
    public Property More_labels_never_hurt_and_never_beat_the_exact_front() => Prop.ForAll(
        Gen.Choose(0, 15_624).ListOf(30).ToArbitrary(),
        Gen.Choose(0, 15_624).ListOf(10).ToArbitrary(),
        (first, more) =>
        {
            ContextMetrics metrics = Tables.GetContext("cifar10", "fpga").Metrics;
            FrontQuality before = metrics.Evaluate(first);
            FrontQuality after = metrics.Evaluate([.. first, .. more]);
            after.Hypervolume.ShouldBeGreaterThanOrEqualTo(before.Hypervolume - 1e-12);
            after.FrontHitRate.ShouldBeGreaterThanOrEqualTo(before.FrontHitRate);
            after.LiveHypervolumeRatio.ShouldBeGreaterThanOrEqualTo(before.LiveHypervolumeRatio - 1e-12);
            after.HypervolumeRatio.ShouldBeInRange(0, 1 + 1e-12);
            after.LiveHypervolumeRatio.ShouldBeInRange(0, 1 + 1e-12);
        });

    /// <summary>Latency 1..5, accuracy 50..90; architectures 1 and 2 share a point, everything from 4 on is the worst corner.</summary>
    private static BenchmarkContext Small { get; } = SmallContext.Of((70, 1), (85, 3), (85, 3), (90, 4), (50, 5));
}
