namespace PelNas.Shared.Tests.Tables;

public sealed class ContextMetricsTests
{
    private static readonly BenchmarkTables Tables = BenchmarkTables.OpenDefault();

    [Theory]
    [InlineData("cifar10", "edgegpu", 28, 0.91049)]
    [InlineData("cifar10", "raspi4", 43, 0.96502)]
    [InlineData("cifar10", "edgetpu", 33, 0.99195)]
    [InlineData("cifar10", "pixel3", 43, 0.96252)]
    [InlineData("cifar10", "eyeriss", 16, 0.98922)]
    [InlineData("cifar10", "fpga", 13, 0.98528)]
    [InlineData("cifar100", "edgegpu", 25, 0.89238)]
    [InlineData("cifar100", "raspi4", 39, 0.94830)]
    [InlineData("cifar100", "edgetpu", 39, 0.97934)]
    [InlineData("cifar100", "pixel3", 37, 0.95409)]
    [InlineData("cifar100", "eyeriss", 13, 0.97193)]
    [InlineData("cifar100", "fpga", 15, 0.95928)]
    [InlineData("imagenet16-120", "edgegpu", 36, 0.87688)]
    [InlineData("imagenet16-120", "raspi4", 55, 0.89796)]
    [InlineData("imagenet16-120", "edgetpu", 36, 0.95907)]
    [InlineData("imagenet16-120", "pixel3", 49, 0.92576)]
    [InlineData("imagenet16-120", "eyeriss", 14, 0.94843)]
    [InlineData("imagenet16-120", "fpga", 20, 0.94316)]
    public void Exact_fronts_have_the_known_sizes_and_hypervolumes(string dataset, string device, int size, double hypervolume)
    {
        ContextMetrics metrics = Tables.GetContext(dataset, device).Metrics;
        metrics.ExactFront.Length.ShouldBe(size);
        metrics.ExactHypervolume.ShouldBe(hypervolume, 5.1e-6);
    }

    [Theory]
    [InlineData("cifar10", "edgegpu", 0.9985, 0.9863)]
    [InlineData("cifar10", "raspi4", 0.9983, 0.9847)]
    [InlineData("cifar10", "edgetpu", 0.9992, 0.9929)]
    [InlineData("cifar10", "pixel3", 0.9994, 0.9942)]
    [InlineData("cifar10", "eyeriss", 0.9983, 0.9843)]
    [InlineData("cifar10", "fpga", 0.9982, 0.9826)]
    [InlineData("cifar100", "edgegpu", 0.9992, 0.9954)]
    [InlineData("cifar100", "raspi4", 0.9967, 0.9725)]
    [InlineData("cifar100", "edgetpu", 0.9982, 0.9870)]
    [InlineData("cifar100", "pixel3", 0.9970, 0.9753)]
    [InlineData("cifar100", "eyeriss", 0.9939, 0.9490)]
    [InlineData("cifar100", "fpga", 0.9941, 0.9492)]
    [InlineData("imagenet16-120", "edgegpu", 0.9915, 0.9551)]
    [InlineData("imagenet16-120", "raspi4", 0.9944, 0.9711)]
    [InlineData("imagenet16-120", "edgetpu", 0.9899, 0.9500)]
    [InlineData("imagenet16-120", "pixel3", 0.9894, 0.9442)]
    [InlineData("imagenet16-120", "eyeriss", 0.9909, 0.9535)]
    [InlineData("imagenet16-120", "fpga", 0.9905, 0.9527)]
    public void The_exact_validation_front_judged_on_test_is_the_known_ceiling(string dataset, string device, double ratio, double live)
    {
        ContextMetrics metrics = Tables.GetContext(dataset, device).Metrics;
        FrontQuality ceiling = metrics.Ceiling(LabelSources.Validation).ShouldNotBeNull();
        ceiling.HypervolumeRatio.ShouldBe(ratio, 5.1e-5);
        ceiling.LiveHypervolumeRatio.ShouldBe(live, 5.1e-5);
        metrics.Evaluate(metrics.FrontOfAllLabels(LabelSources.Validation), LabelSources.Validation).ShouldBe(ceiling);
        metrics.Ceiling(LabelSources.Test).ShouldBeNull();
    }

    [Fact]
    public void A_front_is_chosen_by_the_labels_and_judged_on_test_accuracy()
    {
        // By validation accuracy 0 beats 1 at less latency, so 1 is not on the front, though it is better on test.
        ContextMetrics metrics = SmallContext.Of([(95, 60), (80, 90), (50, 50)], [1, 2, 3]).Metrics;
        metrics.ExactFront.ShouldBe([0, 1]);
        metrics.FrontOfAllLabels(LabelSources.Validation).ShouldBe([0]);
        metrics.Evaluate([0, 1], LabelSources.Validation).ShouldBe(metrics.Evaluate([0], LabelSources.Test));
        metrics.Evaluate([0, 1], LabelSources.Test).HypervolumeRatio.ShouldBe(1);
        metrics.Evaluate([0, 1], LabelSources.Validation).HypervolumeRatio.ShouldBe(0.25 / (0.125 + 0.5), 1e-12);
    }

    [Fact]
    public void What_the_device_cannot_run_is_on_no_front_and_stretches_no_latency()
    {
        BenchmarkContext context = SmallContext.Of([(99, 99), (70, 70), (80, 80), (50, 50)], [double.NaN, 1, 2, 3]);
        context.LatencyRangeMs.ShouldBe((1, 3));
        context.FeasibleCount.ShouldBe(15_624);
        context.IsFeasible(0).ShouldBeFalse();
        context.Metrics.ExactFront.ShouldBe([1, 2]);
        context.Metrics.FrontOfAllLabels(LabelSources.Validation).ShouldBe([1, 2]);
        // Errors are scaled over all cells: 1 lies at (0, 29/49), 2 at (0.5, 19/49).
        context.Metrics.ExactHypervolume.ShouldBe((0.5 * 20 / 49) + (0.5 * 30 / 49), 1e-12);
        Should.Throw<ArgumentOutOfRangeException>(() => context.Metrics.Evaluate([0], LabelSources.Test)).Message.ShouldContain(
            "device cannot run");
    }

    [Fact]
    public void The_exact_front_is_fastest_first_and_each_step_is_more_accurate()
    {
        BenchmarkContext context = Tables.GetContext("cifar10", "raspi4");
        foreach ((int faster, int slower) in context.Metrics.ExactFront.Zip(context.Metrics.ExactFront.Skip(1)))
        {
            context.LatencyMs[faster].ShouldBeLessThan(context.LatencyMs[slower]);
            context.TestAccuracy[faster].ShouldBeLessThan(context.TestAccuracy[slower]);
        }
    }

    [Fact]
    public void Labelling_the_exact_front_gives_full_marks()
    {
        foreach ((string dataset, string device) in ContextGroups.Find(ContextGroups.All)!)
        {
            ContextMetrics metrics = Tables.GetContext(dataset, device).Metrics;
            FrontQuality quality = metrics.Evaluate(metrics.ExactFront, LabelSources.Test);
            quality.Hypervolume.ShouldBe(metrics.ExactHypervolume);
            quality.HypervolumeRatio.ShouldBe(1);
            quality.Igd.ShouldBe(0);
            quality.FrontHitRate.ShouldBe(1);
            quality.TrueFrontSize.ShouldBe(metrics.ExactFront.Length);
            quality.LiveHypervolumeRatio.ShouldBe(1);
            quality.LiveIgd.ShouldBe(0);
            quality.LiveFrontHitRate.ShouldBe(1);
        }
    }

    [Fact]
    public void With_nothing_labelled_the_distances_are_those_to_the_reference_point()
    {
        FrontQuality quality = Small.Metrics.Evaluate([], LabelSources.Test);
        quality.Hypervolume.ShouldBe(0);
        quality.HypervolumeRatio.ShouldBe(0);
        quality.FrontHitRate.ShouldBe(0);
        // The exact front scales to (0, 0.5), (0.5, 0.125), (0.75, 0).
        quality.Igd.ShouldBe((Math.Sqrt(1 + 0.25) + Math.Sqrt(0.25 + 0.765625) + Math.Sqrt(0.0625 + 1)) / 3, 1e-12);
        quality.LiveHypervolumeRatio.ShouldBe(0);
        quality.LiveFrontHitRate.ShouldBe(0);
    }

    [Fact]
    public void A_latency_far_outside_the_rest_is_named_and_leaves_the_measures_as_they_are()
    {
        BenchmarkContext shipped = BenchmarkTables.OpenDefault().GetContext("cifar10", "fpga");
        int slowest = Enumerable.Range(0, shipped.Space.Size).MinBy(index => shipped.TestAccuracy[index]);
        BenchmarkContext stretched = new(
            "cifar10", shipped.Shape, "board", shipped.Space, shipped.LatencyMs.SetItem(slowest, 60_000),
            (shipped.ValidationAccuracy, shipped.TestAccuracy));
        int[] some = [.. Enumerable.Range(0, 60).Select(index => index * 250).Append(slowest)];

        shipped.LatencyWarning.ShouldBeNull();
        stretched.LatencyWarning.ShouldBe(
            "1 latency of board on cifar10 is far outside the rest, 60000 ms: measures count latencies up to 8.6786 ms");
        FrontQuality expected = shipped.Metrics.Evaluate(some, LabelSources.Test);
        FrontQuality found = stretched.Metrics.Evaluate(some, LabelSources.Test);
        found.HypervolumeRatio.ShouldBe(expected.HypervolumeRatio, 1e-3);
        found.HypervolumeRatio.ShouldBeLessThan(0.99);
        stretched.Metrics.Evaluate(Enumerable.Range(0, shipped.Space.Size), LabelSources.Test).HypervolumeRatio.ShouldBeLessThanOrEqualTo(
            1);
    }

    [Fact]
    public void A_small_context_is_measured_as_by_hand()
    {
        Small.Metrics.ExactFront.ShouldBe([0, 1, 3]);
        // Columns of the staircase: 0.5 * 0.5 + 0.25 * 0.875 + 0.25 * 1.
        Small.Metrics.ExactHypervolume.ShouldBe(0.71875);
        FrontQuality quality = Small.Metrics.Evaluate([1, 4, 1], LabelSources.Test);
        quality.Hypervolume.ShouldBe(0.5 * 0.875);
        quality.HypervolumeRatio.ShouldBe(0.5 * 0.875 / 0.71875);
        quality.FrontHitRate.ShouldBe(1.0 / 3);
        quality.Igd.ShouldBe((Math.Sqrt(0.25 + 0.140625) + 0 + Math.Sqrt(0.0625 + 0.015625)) / 3, 1e-12);
    }

    [Fact]
    public void Architectures_that_share_a_point_of_the_front_find_it_for_each_other()
    {
        Small.Metrics.Evaluate([2], LabelSources.Test).ShouldBe(Small.Metrics.Evaluate([1], LabelSources.Test));
        Small.Metrics.Evaluate([1, 2], LabelSources.Test).ShouldBe(Small.Metrics.Evaluate([1], LabelSources.Test));
    }

    [Fact]
    public void The_live_variant_leaves_out_what_is_more_than_ten_points_below_the_best()
    {
        // Best accuracy 90: the live axis runs from error 10 to error 20, so architecture 0 (accuracy 70) is out.
        FrontQuality quality = Small.Metrics.Evaluate([0, 1], LabelSources.Test);
        quality.LiveFrontHitRate.ShouldBe(0.5);
        // Live front: (0.5, 0.5) and (0.75, 0).
        quality.LiveHypervolumeRatio.ShouldBe(0.25 / ((0.25 * 0.5) + (0.25 * 1)), 1e-12);
        quality.LiveIgd.ShouldBe(Math.Sqrt(0.0625 + 0.25) / 2, 1e-12);
        Small.Metrics.Evaluate([0], LabelSources.Test).LiveHypervolumeRatio.ShouldBe(0);
    }

    [Fact]
    public void An_index_outside_the_space_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Small.Metrics.Evaluate([0, 15_625], LabelSources.Test)).Message.ShouldContain(
            "0..15624");

    [Fact]
    public void A_context_without_any_spread_counts_whatever_is_found_as_all()
    {
        ContextMetrics metrics = SmallContext.Of((80, 2), (80, 2), (80, 2)).Metrics;
        metrics.ExactFront.ShouldBe([0]);
        metrics.Evaluate([2], LabelSources.Test).HypervolumeRatio.ShouldBe(1);
        metrics.Evaluate([], LabelSources.Test).HypervolumeRatio.ShouldBe(0);
    }

    [Fact]
    public void A_front_of_two_extremes_spans_no_volume_and_is_rated_by_hits()
    {
        ContextMetrics metrics = SmallContext.Of((50, 1), (90, 3)).Metrics;
        metrics.ExactHypervolume.ShouldBe(0);
        metrics.Evaluate([0], LabelSources.Test).HypervolumeRatio.ShouldBe(0.5);
        metrics.Evaluate([0, 1], LabelSources.Test).HypervolumeRatio.ShouldBe(1);
    }

    [Property(MaxTest = 50)]
    public Property More_labels_never_hurt_and_never_beat_the_exact_front() => Prop.ForAll(
        Gen.Choose(0, 15_624).ListOf(30).ToArbitrary(),
        Gen.Choose(0, 15_624).ListOf(10).ToArbitrary(),
        (first, more) =>
        {
            ContextMetrics metrics = Tables.GetContext("cifar10", "fpga").Metrics;
            FrontQuality before = metrics.Evaluate(first, LabelSources.Test);
            FrontQuality after = metrics.Evaluate([.. first, .. more], LabelSources.Test);
            after.Hypervolume.ShouldBeGreaterThanOrEqualTo(before.Hypervolume - 1e-12);
            after.FrontHitRate.ShouldBeGreaterThanOrEqualTo(before.FrontHitRate);
            after.LiveHypervolumeRatio.ShouldBeGreaterThanOrEqualTo(before.LiveHypervolumeRatio - 1e-12);
            after.HypervolumeRatio.ShouldBeInRange(0, 1 + 1e-12);
            after.LiveHypervolumeRatio.ShouldBeInRange(0, 1 + 1e-12);
        });

    /// <summary>Latency 1..5, accuracy 50..90; architectures 1 and 2 share a point, everything from 4 on is the worst corner.</summary>
    private static BenchmarkContext Small { get; } = SmallContext.Of((70, 1), (85, 3), (85, 3), (90, 4), (50, 5));
}
