using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Networks;

/// <summary>A run that normalises by the batch and moves the running statistics.</summary>
/// <param name="momentum">Share by which they move.</param>
internal sealed class TrainingPass(double momentum) : ForwardPass
{
    public override Tensor Normalise(Normalisation normalisation, Tensor input) => normalisation.Train(input, momentum);
}
