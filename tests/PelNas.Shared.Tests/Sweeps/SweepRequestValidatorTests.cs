using PelNas.Shared.Sweeps;

namespace PelNas.Shared.Tests.Sweeps;

public sealed class SweepRequestValidatorTests
{
    private static readonly SweepRequest Valid = new() { Contexts = ["cifar10:fpga"] };

    private readonly DeviceRepository _devices = new(new MemoryRowStore());
    private readonly SweepRequestValidator _validator;

    public SweepRequestValidatorTests()
    {
        BenchmarkCatalog catalog = new(StepHarness.Tables, _devices);
        SearchRequestValidator searches = new(
            catalog, new TorchProxyScorers(), () => throw new InvalidOperationException("A sweep has no limit of dollars."));
        _validator = new SweepRequestValidator(searches);
    }

    [Fact]
    public async Task A_valid_request_has_no_faults()
    {
        (await _validator.CheckAsync(Valid, Cancellation)).ShouldBeEmpty();
        (await _validator.CheckAsync(
            Valid with { Contexts = ["first-eight"], Seeds = [.. Enumerable.Range(0, 8)], Window = 8 }, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_device_whose_table_was_uploaded_is_known()
    {
        ImmutableArray<double> latencies = StepHarness.Tables.GetContext("cifar10", "fpga").LatencyMs;
        await _devices.PutAsync(new DeviceTable("my-board", "cifar10", DateTimeOffset.UnixEpoch, latencies), Cancellation);

        (await _validator.CheckAsync(Valid with { Contexts = ["cifar10:my-board"] }, Cancellation)).ShouldBeEmpty();
        await ShouldFaultAsync(Valid with { Contexts = ["cifar100:my-board"] }, "contexts", "has no latency table for cifar100");
    }

    [Theory]
    [InlineData("cifar10", "is not dataset:device")]
    [InlineData("cifar10:fpga:1", "is not dataset:device")]
    [InlineData("mnist:fpga", "'mnist' is unknown")]
    [InlineData("cifar10:abacus", "'abacus' is unknown")]
    [InlineData("", "is not dataset:device")]
    public Task A_context_that_is_not_known_is_named(string context, string message) =>
        ShouldFaultAsync(Valid with { Contexts = ["cifar10:fpga", context] }, "contexts", message);

    [Fact]
    public Task All_stands_alone()
        => ShouldFaultAsync(Valid with { Contexts = ["all", "cifar10:fpga"] }, "contexts", "all and first-eight stand alone");

    [Fact]
    public Task At_least_one_context_is_needed() => ShouldFaultAsync(Valid with { Contexts = [] }, "contexts", "none is given");

    [Fact]
    public async Task At_least_one_seed_of_0_or_more_is_needed()
    {
        await ShouldFaultAsync(Valid with { Seeds = [] }, "seeds", "at least one");
        await ShouldFaultAsync(Valid with { Seeds = [1, -1] }, "seeds", "0 or more");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public Task The_window_has_limits(int window) => ShouldFaultAsync(Valid with { Window = window }, "window", "from 1 to 8");

    [Fact]
    public Task More_than_64_searches_are_too_many() =>
        ShouldFaultAsync(Valid with { Contexts = ["all"], Seeds = [.. Enumerable.Range(0, 4)] }, "seeds", "72 searches are too many");

    [Fact]
    public async Task What_the_searches_would_refuse_is_told_once()
    {
        SweepRequest request = Valid with { Contexts = ["all"], Generations = 0, MaxLabels = 0 };

        (await _validator.CheckAsync(request, Cancellation)).Select(error => error.Field)
            .ShouldBe(["generations", "maxLabels"], ignoreOrder: true);
    }

    [Fact]
    public async Task All_fields_at_fault_are_named_at_once()
    {
        SweepRequest request = new() { Contexts = ["cifar10", "cifar10:abacus"], Seeds = [-1], Window = 9, Generations = 0, MaxLabels = 0 };
        string[] all = ["contexts", "seeds", "window", "generations", "maxLabels"];

        (await FieldsAsync(request)).ShouldBe(all, ignoreOrder: true);
        (await FieldsAsync(request with { Contexts = [] })).ShouldBe(all, ignoreOrder: true);
        (await FieldsAsync(request with { Contexts = ["all"], Seeds = [.. Enumerable.Range(0, 4)] })).ShouldBe(all[1..], ignoreOrder: true);
    }

    private async Task<IEnumerable<string>> FieldsAsync(SweepRequest request)
        => (await _validator.CheckAsync(request, Cancellation)).Select(error => error.Field).Distinct();

    private async Task ShouldFaultAsync(SweepRequest request, string field, string message)
    {
        FieldError error = (await _validator.CheckAsync(request, Cancellation)).ShouldHaveSingleItem();
        error.Field.ShouldBe(field);
        error.Message.ShouldContain(message);
    }
}
