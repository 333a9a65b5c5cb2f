using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Networks;

/// <summary>
/// The block between two stages: twice ReLU, 3x3 convolution, batch normalisation, the first with stride 2, beside a shortcut of 2x2
/// average pooling and a 1x1 convolution (Dong and Yang, ICLR 2020, section 2.1 and figure 1).
/// </summary>
internal sealed class ResidualBlock(NetworkBuilder builder, int inputs, int outputs, int outputSide)
{
    private readonly ReluConvNorm _first = builder.ReluConvNorm(3, inputs, outputs, 2, outputSide);
    private readonly ReluConvNorm _second = builder.ReluConvNorm(3, outputs, outputs, 1, outputSide);
    private readonly Layer _shortcut = builder.Convolution(1, inputs, outputs, 1, outputSide);

    public Tensor Forward(ForwardPass pass, Tensor input)
    {
        Tensor middle = _first.ApplyAfterRelu(pass, pass.Rectify(input, 1));
        Tensor deep = _second.ApplyAfterRelu(pass, pass.Rectify(middle, 1));

        // A convolution of stride 2 rounds an odd side up, and so does the pooling beside it.
        return pass.Apply(_shortcut, nn.functional.avg_pool2d(input, [2, 2], [2, 2], ceil_mode: true)).Plus(deep);
    }
}
