namespace PelNas.Shared.Tests.Search;

public sealed class SearchRequestValidatorTests
{
    private static readonly SearchRequest Good = new() { Dataset = "cifar10", Device = "fpga" };

    private readonly StepHarness _harness = new();

    [Fact]
    public async Task The_defaults_are_a_valid_search() => (await CheckAsync(Good)).ShouldBeEmpty();

    [Fact]
    public async Task Every_context_of_the_paper_is_valid()
    {
        foreach ((string dataset, string device) in ContextGroups.Find(ContextGroups.All)!)
        {
            (await CheckAsync(Good with { Dataset = dataset, Device = device })).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task All_faults_are_reported_at_once_each_with_its_field()
        => (await CheckAsync(Good with { Dataset = "mnist", Generations = 0, MaxLabels = -1, MaxUsd = double.NaN, PartitionScheme = "x" }))
            .Select(error => error.Field).ShouldBe(["dataset", "generations", "maxLabels", "maxUsd", "partitionScheme"]);

    [Fact]
    public async Task A_limit_of_dollars_needs_a_price()
    {
        using ScriptedChatClient unpriced = new(_ => "");
        StepHarness harness = new(unpriced);

        FieldError error = (await harness.Validator.CheckAsync(Good with { MaxUsd = 1 }, Cancellation)).ShouldHaveSingleItem();

        error.Field.ShouldBe("maxUsd");
        error.Message.ShouldBe(
            "the price of scripted/test is not known, so no limit of dollars can be kept; set PelNas:Chat:PriceModel, or "
                + "InputUsdPerMillion and OutputUsdPerMillion, or leave it out");
        (await harness.Validator.CheckAsync(Good, Cancellation)).ShouldBeEmpty();
        (await CheckAsync(Good with { MaxUsd = 1 })).ShouldBeEmpty("the offline proposer costs nothing");
    }

    [Fact]
    public async Task Labels_come_from_one_of_the_two_kinds()
    {
        FieldError error = (await CheckAsync(Good with { LabelsFrom = "train" })).ShouldHaveSingleItem();
        error.ShouldBe(new FieldError("labelsFrom", "'train' is unknown; allowed are validation, test"));
        (await CheckAsync(Good with { LabelsFrom = "test" })).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cut_that_the_devices_latencies_do_not_allow_is_refused()
        => (await CheckAsync(Good with
        {
            Dataset = "imagenet16-120",
            Device = "eyeriss",
            PartitionScheme = "latency-quantile",
            Partitions = 12,
        }))
            .ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                error => error.Field.ShouldBe("partitions"),
                error => error.Message.ShouldStartWith("12 is not allowed: the device's latencies allow only"),
                error => error.Message.ShouldNotContain("Parameter"));

    [Theory]
    [InlineData("raspi4", 0.0113, 0.0734, null, "maxLatencyMs", "fastest architecture within the other limits")]
    [InlineData("fpga", 0.0113, null, 50.0, "maxLatencyMs", "fastest architecture within the other limits")]
    [InlineData("raspi4", 0.0113, null, null, "maxLatencyMs", "fastest architecture;")]
    [InlineData("raspi4", null, 0.01, null, "maxParamsM", "smallest")]
    [InlineData("raspi4", 100.0, 0.01, null, "maxParamsM", "smallest")]
    public async Task Limits_that_no_live_architecture_keeps_are_refused_with_one_that_would_do(
        string device, double? maxLatencyMs, double? maxParamsM, double? maxEnergyMj, string field, string expected)
    {
        SearchRequest request =
            Good with { Device = device, MaxLatencyMs = maxLatencyMs, MaxParamsM = maxParamsM, MaxEnergyMj = maxEnergyMj };

        FieldError error = (await CheckAsync(request)).ShouldHaveSingleItem();

        error.Field.ShouldBe(field);
        error.Message.ShouldContain(expected);
        double enough = error.Message.Split(' ')
            .Select(word => double.TryParse(word.TrimEnd(';'), System.Globalization.CultureInfo.InvariantCulture, out double number)
                ? number
                : 0)
                .Skip(1).First(number => number > 0);
        (await CheckAsync(field == "maxLatencyMs" ? request with { MaxLatencyMs = enough } : request with { MaxParamsM = enough }))
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("made", "both", "allowed are table, compute")]
    [InlineData("compute", "paths", "nothing to compute")]
    public async Task Scores_from_nowhere_or_for_nobody_are_refused(string source, string predictor, string expected)
    {
        FieldError error = (await CheckAsync(Good with { ProxyScores = source, Predictor = predictor })).ShouldHaveSingleItem();
        error.Field.ShouldBe("proxyScores");
        error.Message.ShouldContain(expected);
    }

    private Task<IReadOnlyList<FieldError>> CheckAsync(SearchRequest request) => _harness.Validator.CheckAsync(request, Cancellation);
}
