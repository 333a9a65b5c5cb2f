using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Networks;

/// <summary>
/// ReLU, convolution, batch normalisation: what <c>nor_conv</c> is. The ReLU is the caller's, who shares it between edges.
/// </summary>
internal sealed record ReluConvNorm(Layer Layer, Normalisation Normalisation)
{
    public Tensor ApplyAfterRelu(ForwardPass pass, Tensor rectified) => pass.Normalise(Normalisation, pass.Apply(Layer, rectified));
}
