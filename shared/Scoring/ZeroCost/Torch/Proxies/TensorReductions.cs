using static TorchSharp.torch;

namespace PelNas.Shared.Scoring.ZeroCost.Torch.Proxies;

/// <summary>Reductions to one number, in double precision.</summary>
internal static class TensorReductions
{
    public static double Total(this Tensor tensor) => tensor.sum(ScalarType.Float64).item<double>();

    /// <summary>The Euclidean (Frobenius) norm.</summary>
    public static double EuclideanNorm(this Tensor tensor) => Math.Sqrt((tensor * tensor).Total());

    /// <summary>The correlations of the rows of [n, features], [n, n]; null when a row is constant and has none.</summary>
    public static Tensor? RowCorrelations(this Tensor rows)
    {
        Tensor centred = rows - rows.mean([1], keepdim: true);
        Tensor norms = (centred * centred).sum(1, keepdim: true).sqrt();
        if (norms.min().item<double>() is not (> 0 and < double.PositiveInfinity))
        {
            return null;
        }

        Tensor unit = centred / norms;
        return unit.mm(unit.t());
    }
}
