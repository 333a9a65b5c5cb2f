using PelNas.Shared.Runs;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Runs;

public sealed class SearchRequestValidatorTests : IDisposable
{
    private static readonly SearchRequest Good = new() { Dataset = "cifar10", Device = "fpga" };

    private readonly StepHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task The_defaults_are_a_valid_search() => (await CheckAsync(Good)).ShouldBeEmpty();

    [Fact]
    public async Task Every_standard_context_is_valid()
    {
        foreach ((string dataset, string device) in StepHarness.Tables.StandardContexts)
        {
            (await CheckAsync(Good with { Dataset = dataset, Device = device })).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task All_faults_are_reported_at_once_each_with_its_field()
        => (await CheckAsync(Good with { Dataset = "mnist", Generations = 0, MaxLabels = -1, MaxUsd = double.NaN, PartitionScheme = "x" }))
            .Select(error => error.Field).ShouldBe(["dataset", "generations", "maxLabels", "maxUsd", "partitionScheme"]);

    [Fact]
    public async Task A_cut_that_the_devices_latencies_do_not_allow_is_refused()
        => (await CheckAsync(Good with { Dataset = "imagenet16-120", Device = "eyeriss", PartitionScheme = "latency-quantile", Partitions = 12 }))
            .ShouldAllBe(error => error.Field == "partitions");

    [Theory]
    [InlineData("made", "both", "allowed are table, compute")]
    [InlineData("compute", "paths", "nothing to compute")]
    public async Task Scores_from_nowhere_or_for_nobody_are_refused(string source, string predictor, string expected)
    {
        FieldError error = (await CheckAsync(Good with { ProxyScores = source, Predictor = predictor })).ShouldHaveSingleItem();
        error.Field.ShouldBe("proxyScores");
        error.Message.ShouldContain(expected);
    }

    private Task<IReadOnlyList<FieldError>> CheckAsync(SearchRequest request) => _harness.Validator.CheckAsync(request, TestContext.Current.CancellationToken);
}
