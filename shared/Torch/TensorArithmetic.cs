using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch;

/// <summary>
/// Arithmetic of tensors with numbers. TorchSharp hands native code the bare pointer of a <see cref="Scalar"/>, so that one which nothing
/// refers to any more, as after a conversion from a number, can be freed while it is being read; its operators, <c>square</c> and the sum
/// of two tensors (1 times the second) make such scalars too. Here each lives until its operation is over; BannedSymbols.txt holds the rest
/// of the code to it.
/// </summary>
internal static class TensorArithmetic
{
    /// <summary>Element by element.</summary>
    public static Tensor Plus(this Tensor left, Tensor right)
    {
        using Scalar factor = 1.ToScalar();
        return left.add(right, factor);
    }

    public static Tensor Plus(this Tensor tensor, double number)
    {
        using Scalar addend = number.ToScalar();
        using Scalar factor = 1.ToScalar();
        return tensor.add(addend, factor);
    }

    public static Tensor Times(this Tensor tensor, double number)
    {
        using Scalar factor = number.ToScalar();
        return tensor.mul(factor);
    }

    /// <summary>Each element times itself.</summary>
    public static Tensor Squared(this Tensor tensor) => tensor.mul(tensor);

    public static Tensor AtLeast(this Tensor tensor, double number)
    {
        using Scalar bound = number.ToScalar();
        return tensor.clamp_min(bound);
    }

    public static Tensor AtMost(this Tensor tensor, double number)
    {
        using Scalar bound = number.ToScalar();
        return tensor.clamp_max(bound);
    }

    /// <summary>True where an element is larger than the number.</summary>
    public static Tensor IsAbove(this Tensor tensor, double number)
    {
        using Scalar bound = number.ToScalar();
        return tensor.gt(bound);
    }

    /// <summary>Adds a multiple of another tensor to this one, in place.</summary>
    public static Tensor AddInPlace(this Tensor tensor, Tensor other, double factor)
    {
        using Scalar times = factor.ToScalar();
        return tensor.add_(other, times);
    }

    /// <summary>Replaces each element x by scale * x + shift.</summary>
    public static Tensor ScaleAndShiftInPlace(this Tensor tensor, double scale, double shift)
    {
        using Scalar factor = scale.ToScalar();
        using Scalar addend = shift.ToScalar();
        using Scalar one = 1.ToScalar();
        return tensor.mul_(factor).add_(addend, one);
    }

    /// <summary>A vector of one value.</summary>
    public static Tensor Filled(int size, double value, ScalarType type)
    {
        using Scalar element = value.ToScalar();
        return full(size, element, type);
    }
}
