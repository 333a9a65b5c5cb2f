using PelNas.Shared.Torch.Training;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>
/// How all systems train weights: a rate that falls along half a cosine from 0.025 to 0.001, gradients no longer than 5. It keeps its state
/// until it is disposed of.
/// </summary>
internal sealed class WeightDescent : IDisposable
{
    private const double MostNorm = 5;
    private const double MostRate = 0.025;
    private const double LeastRate = 0.001;

    private static readonly TrainingSettings Settings = new() { Momentum = 0.9, WeightDecay = 3e-4 };

    private readonly MomentumDescent _descent;

    public WeightDescent(IReadOnlyList<Tensor> weights)
    {
        _descent = new MomentumDescent(weights, Settings, MostNorm);
        foreach (Tensor velocity in State)
        {
            velocity.DetachFromDisposeScope();
        }
    }

    /// <summary>What has to be kept to go on.</summary>
    public IReadOnlyList<Tensor> State => _descent.Velocities;

    /// <summary>Moves the weights one step down the loss.</summary>
    /// <param name="progress">Share of the training that is over, 0 to 1.</param>
    public void Step(Tensor loss, double progress)
        => _descent.Step(loss, LeastRate + ((MostRate - LeastRate) * (1 + Math.Cos(Math.PI * progress)) / 2));

    public void Dispose() => State.DisposeAll();
}
