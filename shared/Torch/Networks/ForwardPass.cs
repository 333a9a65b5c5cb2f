using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Networks;

/// <summary>One run of a network over a batch. Those derived from it look at what passes through.</summary>
/// <param name="normalise">False to leave out batch normalisation.</param>
internal class ForwardPass(bool normalise = true)
{
    /// <summary>A convolution, or the classifier.</summary>
    public virtual Tensor Apply(Layer layer, Tensor input) => layer.Apply(input);

    /// <summary>A ReLU.</summary>
    /// <param name="uses">How many ReLUs the benchmark's code has there, one an edge.</param>
    public virtual Tensor Rectify(Tensor input, int uses) => nn.functional.relu(input);

    /// <summary>A batch normalisation.</summary>
    public virtual Tensor Normalise(Normalisation normalisation, Tensor input) => normalise ? normalisation.ApplyBatch(input) : input;
}

/// <summary>A run that normalises by the running statistics, as a network that is used does.</summary>
internal sealed class EvaluationPass : ForwardPass
{
    public override Tensor Normalise(Normalisation normalisation, Tensor input) => normalisation.Evaluate(input);
}

/// <summary>A run that normalises by the batch and moves the running statistics.</summary>
/// <param name="momentum">Share by which they move.</param>
internal sealed class TrainingPass(double momentum) : ForwardPass
{
    public override Tensor Normalise(Normalisation normalisation, Tensor input) => normalisation.Train(input, momentum);
}
