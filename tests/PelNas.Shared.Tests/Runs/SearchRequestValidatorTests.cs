using PelNas.Shared.Runs;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Runs;

public class SearchRequestValidatorTests
{
    private static readonly SearchRequest Good = new() { Dataset = "cifar10", Device = "fpga" };

    [Fact]
    public void The_defaults_are_a_valid_search() => Check(Good).ShouldBeEmpty();

    [Fact]
    public void Every_standard_context_is_valid()
    {
        foreach ((string dataset, string device) in StepHarness.Tables.StandardContexts)
        {
            Check(Good with { Dataset = dataset, Device = device }).ShouldBeEmpty();
        }
    }

    [Fact]
    public void All_faults_are_reported_at_once_each_with_its_field()
        => Check(Good with { Dataset = "mnist", Generations = 0, MaxLabels = -1, MaxUsd = double.NaN, PartitionScheme = "x" })
            .Select(error => error.Field).ShouldBe(["dataset", "generations", "maxLabels", "maxUsd", "partitionScheme"]);

    [Fact]
    public void A_cut_that_the_devices_latencies_do_not_allow_is_refused()
        => Check(Good with { Dataset = "imagenet16-120", Device = "eyeriss", PartitionScheme = "latency-quantile", Partitions = 12 })
            .ShouldAllBe(error => error.Field == "partitions");

    private static IReadOnlyList<FieldError> Check(SearchRequest request) => new SearchRequestValidator(StepHarness.Tables).Check(request);
}
