namespace PelNas.Shared.Tests.Tables;

public sealed class BenchmarkTablesTests
{
    private static readonly BenchmarkTables Tables = BenchmarkTables.OpenDefault();

    [Theory]
    [InlineData("cifar10", LabelSources.Test, 94.3733)]
    [InlineData("cifar100", LabelSources.Test, 73.5133)]
    [InlineData("imagenet16-120", LabelSources.Test, 47.3111)]
    [InlineData("cifar10", LabelSources.Validation, 91.6067)]
    [InlineData("cifar100", LabelSources.Validation, 73.4933)]
    [InlineData("imagenet16-120", LabelSources.Validation, 46.7333)]
    public void The_best_accuracies_are_the_published_ones(string dataset, string labelsFrom, double best)
    {
        ImmutableArray<double> accuracy = Tables.GetAccuracy(dataset, labelsFrom);
        accuracy.Length.ShouldBe(15_625);
        accuracy.ShouldNotContain(double.NaN);
        accuracy.Max().ShouldBe(best);
    }

    [Fact]
    public void Three_datasets_and_29_devices_ship()
    {
        Tables.Datasets.ShouldBe(["cifar10", "cifar100", "imagenet16-120"]);
        Tables.Devices.Count.ShouldBe(29);
        Tables.Devices.Select(device => device.Name).ShouldBeUnique();
        Tables.Devices.Take(6).Select(device => device.Name).ShouldBe(["edgegpu", "raspi4", "edgetpu", "pixel3", "eyeriss", "fpga"]);
        Tables.Devices.Take(6).ShouldAllBe(device => device.Datasets.SequenceEqual(Tables.Datasets));
        Tables.Devices.Where(device => device.Infeasible > 0).Select(device => device.Name).ShouldBe(["edgetpu"]);
        DeviceInfo.Unit.ShouldBe("ms");
    }

    [Fact]
    public void Every_table_that_a_device_names_is_there_with_as_many_gaps_as_it_says()
    {
        foreach (DeviceInfo device in Tables.Devices)
        {
            foreach (string dataset in device.Datasets)
            {
                ImmutableArray<double> latency = Tables.GetLatency(dataset, device.Name);
                latency.Count(double.IsNaN).ShouldBe(device.Infeasible, device.Name);
                latency.Where(double.IsFinite).Min().ShouldBeGreaterThan(0, device.Name);
            }
        }
    }

    [Fact]
    public void Every_context_of_the_paper_opens_once()
    {
        (string Dataset, string Device)[] all = [.. ContextGroups.Find(ContextGroups.All)!];
        all.Length.ShouldBe(18);
        all.ShouldBeUnique();
        ContextGroups.Find(ContextGroups.FirstEight)!.Select(context => $"{context.Dataset}:{context.Device}").ShouldBe(
        [
            "cifar10:raspi4", "cifar10:pixel3", "cifar10:eyeriss", "cifar10:fpga",
            "cifar100:eyeriss", "cifar100:fpga", "imagenet16-120:eyeriss", "imagenet16-120:fpga",
        ]);
        ContextGroups.Find("cifar10:fpga").ShouldBeNull();
        foreach ((string dataset, string device) in all)
        {
            BenchmarkContext context = Tables.GetContext(dataset, device);
            context.Name.ShouldBe($"{dataset}:{device}");
            context.Space.ShouldBeSameAs(Tables.Space);
            context.TestAccuracy.Length.ShouldBe(15_625);
            context.ValidationAccuracy.Length.ShouldBe(15_625);
            context.LatencyMs.Length.ShouldBe(15_625);
            Tables.GetContext(dataset, device).ShouldBeSameAs(context);
        }
    }

    [Fact]
    public void Threads_that_ask_at_once_get_the_same_context()
    {
        BenchmarkTables tables = BenchmarkTables.OpenDefault();
        BenchmarkContext[] contexts = new BenchmarkContext[16];
        Parallel.For(0, contexts.Length, thread => contexts[thread] = tables.GetContext("cifar100", "fpga"));
        contexts.ShouldAllBe(context => ReferenceEquals(context, contexts[0]));
    }

    [Fact]
    public void A_network_that_the_edge_tpu_compiler_refused_has_no_latency_on_any_data_set()
    {
        int[] refused = Gaps("cifar10");
        refused.Length.ShouldBe(4_699);
        refused.ShouldContain(42);
        Gaps("cifar100").ShouldBe(refused);
        Gaps("imagenet16-120").ShouldBe(refused);
        Tables.GetLatency("cifar10", "edgetpu")[1].ShouldBe(1.438988);
        Tables.GetContext("cifar10", "edgetpu").IsFeasible(42).ShouldBeFalse();

        static int[] Gaps(string dataset)
        {
            ImmutableArray<double> column = Tables.GetLatency(dataset, "edgetpu");
            return [.. Enumerable.Range(0, 15_625).Where(index => double.IsNaN(column[index]))];
        }
    }

    /// <summary>
    /// The two devices that are estimated follow formulas in the numbers of operations, which the rows of the table repeat.
    /// </summary>
    [Fact]
    public void Estimated_latencies_follow_their_formulas()
    {
        BenchmarkContext eyeriss = Tables.GetContext("imagenet16-120", "eyeriss");
        BenchmarkContext fpga = Tables.GetContext("cifar100", "fpga");
        for (int index = 0; index < eyeriss.Space.Size; index++)
        {
            int Count(string operation)
                => eyeriss.Space.Genotype(index).ToArray().Count(number => eyeriss.Space.Operations[number] == operation);
            (int a, int b, int p) = (Count("nor_conv_3x3"), Count("nor_conv_1x1"), Count("avg_pool_3x3"));
            eyeriss.LatencyMs[index].ShouldBe(0.42304 + (0.06144 * ((6 * a) + b + (6 * p))), 1e-6);
            fpga.LatencyMs[index].ShouldBe(1.13296 + (1.2576 * a) + (0.5152 * b) + (0.4096 * p), 1e-6);
        }
    }

    [Fact]
    public void Training_free_scores_are_served_and_missing_ones_stay_missing()
    {
        Tables.GetTrainingFreeScore("cifar10", "naswot").Count(double.IsNaN).ShouldBe(201);
        Tables.GetTrainingFreeScore("cifar100", "synflow")[1].ShouldBe(1.26816e48);
        Tables.GetTrainingFreeScore("imagenet16-120", "logsynflow").ShouldNotContain(double.NaN);
        UnknownContextException exception =
            Should.Throw<UnknownContextException>(() => Tables.GetTrainingFreeScore("imagenet16-120", "nregions"));
        exception.Field.ShouldBe("score");
        exception.Allowed.ShouldBe(["naswot", "synflow", "logsynflow"]);
    }

    [Fact]
    public void An_unknown_dataset_is_answered_with_the_known_ones()
    {
        UnknownContextException exception = Should.Throw<UnknownContextException>(() => Tables.GetContext("cifar1000", "fpga"));
        exception.Field.ShouldBe("dataset");
        exception.Value.ShouldBe("cifar1000");
        exception.Message.ShouldBe(
            "dataset 'cifar1000' is unknown (did you mean 'cifar100'?); allowed are cifar10, cifar100, imagenet16-120.");
    }

    [Fact]
    public void An_unknown_device_is_answered_with_the_known_ones()
    {
        UnknownContextException exception = Should.Throw<UnknownContextException>(() => Tables.GetContext("cifar10", "abacus"));
        exception.Field.ShouldBe("device");
        exception.Allowed.Count.ShouldBe(29);
        exception.Message.ShouldStartWith(
            "device 'abacus' is unknown; allowed are edgegpu, raspi4, edgetpu, pixel3, eyeriss, fpga, 1080ti_1,");
        exception.Message.ShouldEndWith("or supply a latency table for it.");
    }

    [Theory]
    [InlineData("cifar100", "pixel2")]
    [InlineData("imagenet16-120", "titan_rtx_32")]
    public void A_pair_without_a_table_is_answered_with_the_devices_of_the_dataset(string dataset, string device)
    {
        UnknownContextException exception = Should.Throw<UnknownContextException>(() => Tables.GetContext(dataset, device));
        exception.Field.ShouldBe("device");
        exception.Allowed.ShouldBe(["edgegpu", "raspi4", "edgetpu", "pixel3", "eyeriss", "fpga"]);
        exception.Message.ShouldBe(
            $"device '{device}' has no latency table for {dataset}, only for cifar10: "
            + $"for {dataset} choose one of edgegpu, raspi4, edgetpu, pixel3, eyeriss, fpga, or supply a latency table for it.");
        Should.Throw<UnknownContextException>(() => Tables.GetLatency(dataset, device)).Message.ShouldBe(exception.Message);
    }
}
