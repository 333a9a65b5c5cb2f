using PelNas.Shared.Tables;


namespace PelNas.Shared.Tests.Tables;

public sealed class BenchmarkTablesTests
{
    private static readonly BenchmarkTables Tables = BenchmarkTables.OpenDefault();

    [Theory]
    [InlineData("cifar10", 94.3733)]
    [InlineData("cifar100", 73.5133)]
    [InlineData("imagenet16-120", 47.3111)]
    public void The_best_accuracies_are_the_published_ones(string dataset, double best)
    {
        TableColumn accuracy = Tables.GetAccuracy(dataset);
        accuracy.IsComplete.ShouldBeTrue();
        accuracy.Values.Max().ShouldBe(best);
    }

    [Fact]
    public void Three_datasets_and_29_devices_ship()
    {
        Tables.Datasets.ShouldBe(["cifar10", "cifar100", "imagenet16-120"]);
        Tables.Devices.Count.ShouldBe(29);
        Tables.Devices.Select(device => device.Name).ShouldBeUnique();
        Tables.Devices.Where(device => device.Datasets.Count == 0).Select(device => device.Name).ShouldBe(["edgegpu", "edgetpu"]);
        DeviceInfo.Unit.ShouldBe("ms");
    }

    [Fact]
    public void Every_table_that_a_device_names_is_there_and_full_or_partial_as_it_says()
    {
        foreach (DeviceInfo device in Tables.Devices)
        {
            foreach (string dataset in device.Datasets)
            {
                TableColumn latency = Tables.GetLatency(dataset, device.Name);
                latency.IsComplete.ShouldBeTrue(device.Name);
                latency.Values.Min().ShouldBeGreaterThan(0, device.Name);
            }

            foreach (string dataset in device.PartialDatasets)
            {
                Tables.GetLatency(dataset, device.Name).IsComplete.ShouldBeFalse(device.Name);
            }
        }
    }

    [Fact]
    public void Every_standard_context_opens_once()
    {
        Tables.StandardContexts.Select(context => $"{context.Dataset}:{context.Device}").ShouldBe(
        [
            "cifar10:raspi4", "cifar10:pixel3", "cifar10:eyeriss", "cifar10:fpga",
            "cifar100:eyeriss", "cifar100:fpga", "imagenet16-120:eyeriss", "imagenet16-120:fpga",
        ]);
        foreach ((string dataset, string device) in Tables.StandardContexts)
        {
            BenchmarkContext context = Tables.GetContext(dataset, device);
            context.Name.ShouldBe($"{dataset}:{device}");
            context.Space.ShouldBeSameAs(Tables.Space);
            context.Accuracy.Length.ShouldBe(15_625);
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
    public void A_network_that_the_edge_tpu_compiler_refused_has_no_latency()
    {
        TableColumn latency = Tables.GetLatency("cifar10", "edgetpu");
        latency.PresentCount.ShouldBe(1_999 - 259);
        latency.HasValue(42).ShouldBeFalse("the compiler refused it");
        latency.TryGet(42, out double refused).ShouldBeFalse();
        refused.ShouldBe(double.NaN);
        latency.HasValue(0).ShouldBeFalse("it is outside the subset");
        latency.TryGet(1, out double value).ShouldBeTrue();
        value.ShouldBe(1.43899);
        latency.Values.Where(number => !double.IsNaN(number)).Min().ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void The_subset_agrees_with_the_full_tables()
    {
        string[][] rows = Support.PublishedTable.Rows("hwnasbench-cifar10-latency-ms-subset1999.csv.gz");
        string[] devices = ["raspi4", "pixel3", "eyeriss", "fpga"];
        foreach (string[] row in rows)
        {
            int index = int.Parse(row[0]);
            for (int device = 0; device < devices.Length; device++)
            {
                Tables.GetLatency("cifar10", devices[device]).Values[index].ShouldBe(double.Parse(row[device + 3]), 1e-6, $"{devices[device]} {index}");
            }
        }
    }

    [Fact]
    public void Training_free_scores_are_served_and_missing_ones_stay_missing()
    {
        Tables.GetTrainingFreeScore("cifar10", "naswot").PresentCount.ShouldBe(15_625 - 201);
        Tables.GetTrainingFreeScore("cifar100", "synflow").Values[1].ShouldBe(1.26816e48);
        Tables.GetTrainingFreeScore("imagenet16-120", "logsynflow").IsComplete.ShouldBeTrue();
        UnknownContextException exception = Should.Throw<UnknownContextException>(() => Tables.GetTrainingFreeScore("imagenet16-120", "nregions"));
        exception.Field.ShouldBe("score");
        exception.Allowed.ShouldBe(["naswot", "synflow", "logsynflow"]);
    }

    [Fact]
    public void An_unknown_dataset_is_answered_with_the_known_ones()
    {
        UnknownContextException exception = Should.Throw<UnknownContextException>(() => Tables.GetContext("cifar1000", "fpga"));
        exception.Field.ShouldBe("dataset");
        exception.Value.ShouldBe("cifar1000");
        exception.Message.ShouldBe("dataset 'cifar1000' is unknown: choose one of cifar10, cifar100, imagenet16-120.");
    }

    [Fact]
    public void An_unknown_device_is_answered_with_the_known_ones()
    {
        UnknownContextException exception = Should.Throw<UnknownContextException>(() => Tables.GetContext("cifar10", "abacus"));
        exception.Field.ShouldBe("device");
        exception.Allowed.Count.ShouldBe(27);
        exception.Message.ShouldStartWith("device 'abacus' is unknown: choose one of raspi4, pixel3, eyeriss, fpga, 1080ti_1,");
        exception.Message.ShouldEndWith("or supply a latency table for it.");
    }

    [Theory]
    [InlineData("cifar100", "raspi4", "device 'raspi4' has no full latency table for cifar100, only for cifar10: for cifar100 choose one of eyeriss, fpga, or supply a latency table for it.")]
    [InlineData("imagenet16-120", "titan_rtx_32", "device 'titan_rtx_32' has no full latency table for imagenet16-120, only for cifar10: for imagenet16-120 choose one of eyeriss, fpga, or supply a latency table for it.")]
    public void A_pair_without_a_full_table_is_answered_with_the_devices_of_the_dataset(string dataset, string device, string message)
    {
        UnknownContextException exception = Should.Throw<UnknownContextException>(() => Tables.GetContext(dataset, device));
        exception.Field.ShouldBe("device");
        exception.Allowed.ShouldBe(["eyeriss", "fpga"]);
        exception.Message.ShouldBe(message);
        Should.Throw<UnknownContextException>(() => Tables.GetLatency(dataset, device)).Message.ShouldBe(message);
    }

    [Fact]
    public void A_device_with_a_partial_table_makes_no_context() =>
        Should.Throw<UnknownContextException>(() => Tables.GetContext("cifar10", "edgetpu")).Message
            .ShouldStartWith("device 'edgetpu' has no full latency table, only one of 1,999 architectures on cifar10: for cifar10 choose one of");
}
