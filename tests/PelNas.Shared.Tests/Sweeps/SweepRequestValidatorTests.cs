using PelNas.Shared.Runs;
using PelNas.Shared.Sweeps;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Sweeps;

public sealed class SweepRequestValidatorTests
{
    private static readonly SweepRequest Valid = new() { Contexts = ["cifar10:fpga"] };

    private readonly SweepRequestValidator _validator = new(StepHarness.Tables, new SearchRequestValidator(StepHarness.Tables));

    [Fact]
    public void A_valid_request_has_no_faults()
    {
        _validator.Check(Valid).ShouldBeEmpty();
        _validator.Check(Valid with { Contexts = ["all"], Seeds = [.. Enumerable.Range(0, 8)], Window = 8 }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cifar10", "is not dataset:device")]
    [InlineData("cifar10:fpga:1", "is not dataset:device")]
    [InlineData("mnist:fpga", "'mnist' is unknown")]
    [InlineData("cifar10:abacus", "'abacus' is unknown")]
    [InlineData("", "is not dataset:device")]
    public void A_context_that_is_not_known_is_named(string context, string message) =>
        ShouldFault(Valid with { Contexts = ["cifar10:fpga", context] }, "contexts", message);

    [Fact]
    public void All_stands_alone() => ShouldFault(Valid with { Contexts = ["all", "cifar10:fpga"] }, "contexts", "the entry all stands alone");

    [Fact]
    public void At_least_one_context_is_needed() => ShouldFault(Valid with { Contexts = [] }, "contexts", "none is given");

    [Fact]
    public void At_least_one_seed_of_0_or_more_is_needed()
    {
        ShouldFault(Valid with { Seeds = [] }, "seeds", "at least one");
        ShouldFault(Valid with { Seeds = [1, -1] }, "seeds", "0 or more");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void The_window_has_limits(int window) => ShouldFault(Valid with { Window = window }, "window", "from 1 to 8");

    [Fact]
    public void More_than_64_searches_are_too_many() =>
        ShouldFault(Valid with { Contexts = ["all"], Seeds = [.. Enumerable.Range(0, 9)] }, "seeds", "72 searches are too many");

    [Fact]
    public void What_the_searches_would_refuse_is_told_once()
    {
        SweepRequest request = Valid with { Contexts = ["all"], Generations = 0, MaxLabels = 0 };

        _validator.Check(request).Select(error => error.Field).ShouldBe(["generations", "maxLabels"], ignoreOrder: true);
    }

    private void ShouldFault(SweepRequest request, string field, string message)
    {
        FieldError error = _validator.Check(request).ShouldHaveSingleItem();
        error.Field.ShouldBe(field);
        error.Message.ShouldContain(message);
    }
}
