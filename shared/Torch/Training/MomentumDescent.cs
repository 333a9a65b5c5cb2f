using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Training;

/// <summary>Stochastic gradient descent with Nesterov's momentum and weight decay, on plain tensors, so that its state can be stored.</summary>
/// <param name="parameters">What it moves; each asks for gradients.</param>
/// <param name="settings">Momentum and weight decay.</param>
internal sealed class MomentumDescent(IReadOnlyList<Tensor> parameters, TrainingSettings settings)
{
    /// <summary>The velocity of each parameter.</summary>
    public IReadOnlyList<Tensor> Velocities { get; } = [.. parameters.Select(parameter => zeros_like(parameter, requires_grad: false))];

    /// <summary>Moves the parameters by the gradients of a loss. Those that it does not depend on stay where they are.</summary>
    public void Step(Tensor loss, double learningRate)
    {
        using DisposeScope scope = NewDisposeScope();
        loss.backward();
        using IDisposable untracked = no_grad();
        for (int i = 0; i < parameters.Count; i++)
        {
            Tensor parameter = parameters[i];
            if (parameter.grad is not { } stored)
            {
                continue;
            }

            Tensor gradient = stored.add(parameter, settings.WeightDecay);
            Velocities[i].mul_(settings.Momentum).add_(gradient);
            parameter.add_(gradient.add(Velocities[i], settings.Momentum), -learningRate);
            stored.zero_();
        }
    }
}
