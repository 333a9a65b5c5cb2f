using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Networks;

/// <summary>A convolution without bias, or the linear classifier: what proxies that look at weights look at.</summary>
/// <param name="Weight">[outputs, inputs, k, k] or, of the classifier, [outputs, inputs].</param>
/// <param name="Bias">[outputs], or null.</param>
/// <param name="Stride">Of a convolution; padding keeps the size at stride 1.</param>
/// <param name="OutputSide">Height and width of the output, pixels; 1 of the classifier.</param>
/// <param name="IsUsed">Whether the network's output is computed with it. An edge into a node that leads nowhere is not.</param>
internal sealed record Layer(Tensor Weight, Tensor? Bias, int Stride, int OutputSide, bool IsUsed)
{
    /// <summary>A square convolution.</summary>
    public static Layer Convolution(
        WeightSource weights, int number, int kernel, int inputs, int outputs, int stride, int outputSide, bool isUsed = true)
        => new(weights.Random(number, inputs * kernel * kernel, outputs, inputs, kernel, kernel), null, stride, outputSide, isUsed);

    /// <summary>The classifier.</summary>
    public static Layer Linear(WeightSource weights, int number, int inputs, int outputs)
        => new(weights.Random(number, inputs, outputs, inputs), weights.Random(number, inputs, outputs), 1, 1, IsUsed: true);

    /// <summary>Weights that one output channel has.</summary>
    public long FanIn => Weight.numel() / Weight.shape[0];

    /// <summary>Multiply-accumulates for one image, counted as the benchmark does: a bias is one more for each output.</summary>
    public long MultiplyAccumulates => (Weight.numel() * OutputSide * OutputSide) + (Bias?.numel() ?? 0);

    public Tensor Apply(Tensor input)
    {
        if (Weight.dim() == 2)
        {
            return nn.functional.linear(input, Weight, Bias);
        }

        long padding = (Weight.shape[2] - 1) / 2;
        return nn.functional.conv2d(input, Weight, Bias, [Stride, Stride], [padding, padding]);
    }
}
