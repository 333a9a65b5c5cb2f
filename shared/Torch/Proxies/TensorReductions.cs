using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Proxies;

/// <summary>Reductions to one number, in double precision.</summary>
internal static class TensorReductions
{
    public static double Total(this Tensor tensor) => tensor.sum(ScalarType.Float64).item<double>();

    /// <summary>The Euclidean (Frobenius) norm.</summary>
    public static double EuclideanNorm(this Tensor tensor) => Math.Sqrt((tensor * tensor).Total());

    /// <summary>The correlations of the rows of [n, features], [n, n].</summary>
    /// <param name="whyNone">Why there are none: a row is not finite, or it is constant.</param>
    public static Tensor? RowCorrelations(this Tensor rows, out string? whyNone)
    {
        Tensor centred = rows - rows.mean([1], keepdim: true);
        Tensor norms = (centred * centred).sum(1, keepdim: true).sqrt();

        // The largest is not a number either when one of them is not.
        whyNone = !double.IsFinite(norms.max().item<double>()) ? NoScore.Gradients
            : norms.min().item<double>() == 0 ? NoScore.NoPath
            : null;
        if (whyNone is not null)
        {
            return null;
        }

        Tensor unit = centred / norms;
        return unit.mm(unit.t());
    }

    /// <summary>The sum of log(v + k) + 1 / (v + k) over the eigenvalues v of the correlations of the rows, k = 1e-5.</summary>
    /// <param name="whyNone">As of <see cref="RowCorrelations"/>.</param>
    public static double? CorrelationTerms(this Tensor rows, out string? whyNone)
    {
        if (rows.RowCorrelations(out whyNone) is not { } correlations)
        {
            return null;
        }

        // Rounding can leave an eigenvalue of zero a little below it.
        Tensor values = linalg.eigvalsh(correlations).AtLeast(0).Plus(1e-5);
        return values.log().Plus(values.reciprocal()).Total();
    }
}
