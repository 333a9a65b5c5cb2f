using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Learning;

/// <summary>Losses of the systems' papers, element by element.</summary>
internal static class Losses
{
    /// <summary>
    /// The check loss max(tau u, (tau - 1) u) of u = target - prediction; least in expectation at the target's tau-quantile.
    /// </summary>
    public static Tensor Check(Tensor targets, Tensor predictions, double tau)
    {
        Tensor residual = targets.sub(predictions);
        return maximum(residual.Times(tau), residual.Times(tau - 1));
    }

    /// <summary>PPO's clipped objective min(r A, clip(r, 1 - e, 1 + e) A), to be maximised (Schulman et al. 2017, equation 7).</summary>
    public static Tensor Clipped(Tensor ratios, Tensor advantages, double epsilon)
        => minimum(ratios.mul(advantages), ratios.AtLeast(1 - epsilon).AtMost(1 + epsilon).mul(advantages));
}
