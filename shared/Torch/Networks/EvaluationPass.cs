using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Networks;

/// <summary>A run that normalises by the running statistics, as a network that is used does.</summary>
internal sealed class EvaluationPass : ForwardPass
{
    public override Tensor Normalise(Normalisation normalisation, Tensor input) => normalisation.Evaluate(input);
}
