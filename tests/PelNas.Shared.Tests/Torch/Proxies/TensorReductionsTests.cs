namespace PelNas.Shared.Tests.Torch.Proxies;

public sealed class TensorReductionsTests
{
    public TensorReductionsTests() => LibTorch.EnsureLoaded();

    [Fact]
    public void Correlates_rows_whatever_their_scale()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor correlations = Rows(1, 2, 4, 10, 20, 40, -3, -6, -12).RowCorrelations(out string? whyNone)!;
        whyNone.ShouldBeNull();
        correlations.data<double>().ToArray().Select(value => Math.Round(value, 12)).ShouldBe([1, 1, -1, 1, 1, -1, -1, -1, 1]);
    }

    [Theory]
    [InlineData(5, "no path")]
    [InlineData(double.NaN, "not finite")]
    [InlineData(double.PositiveInfinity, "not finite")]
    [InlineData(1e200, "not finite")]
    public void Tells_a_constant_row_from_one_that_is_not_finite(double value, string reason)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Rows(1, 2, 4, 5, value, 5, 5, 5, 5).RowCorrelations(out string? whyNone).ShouldBeNull();
        whyNone!.ShouldContain(reason);
    }

    private static torch.Tensor Rows(params double[] values) => torch.tensor(values, [3, 3]);
}
