using PelNas.Shared.Torch.Supernets;

namespace PelNas.Shared.Tests.Torch.Supernets;

public sealed class CellEvolutionTests
{
    [Fact]
    public void Nothing_that_a_score_looked_at_is_kept_until_the_next()
    {
        LibTorch.EnsureLoaded();
        using DisposeScope scope = torch.NewDisposeScope();
        CellEvolution.Best(_ => torch.ones(64).sum().item<float>(), new Random(1)).Length.ShouldBe(6);
        scope.DisposablesCount.ShouldBe(0);
    }
}
