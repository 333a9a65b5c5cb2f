using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Training;

/// <summary>
/// Stochastic gradient descent with Nesterov's momentum and weight decay, on plain tensors, so that its state can be stored.
/// </summary>
/// <param name="parameters">What it moves; each asks for gradients.</param>
/// <param name="settings">Momentum and weight decay.</param>
/// <param name="maxNorm">Largest norm of all gradients together, to which longer ones are shortened; null for none.</param>
internal sealed class MomentumDescent(IReadOnlyList<Tensor> parameters, TrainingSettings settings, double? maxNorm = null)
{
    /// <summary>The velocity of each parameter.</summary>
    public IReadOnlyList<Tensor> Velocities { get; } = [.. parameters.Select(parameter => zeros_like(parameter, requires_grad: false))];

    /// <summary>Moves the parameters by the gradients of a loss. Those that it does not depend on stay where they are.</summary>
    public void Step(Tensor loss, double learningRate)
    {
        using DisposeScope scope = NewDisposeScope();
        loss.backward();
        using IDisposable untracked = no_grad();
        Tensor?[] gradients = [.. parameters.Select(parameter => parameter.grad)];
        double scale = maxNorm is { } most ? Math.Min(1, most / (Norm(gradients) + 1e-6)) : 1;
        for (int i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is { } stored)
            {
                Tensor gradient = stored.Times(scale).AddInPlace(parameters[i], settings.WeightDecay);
                Velocities[i].ScaleAndShiftInPlace(settings.Momentum, 0).AddInPlace(gradient, 1);
                parameters[i].AddInPlace(gradient.AddInPlace(Velocities[i], settings.Momentum), -learningRate);
                parameters[i].grad = null;
            }
        }
    }

    private static double Norm(Tensor?[] gradients)
        => Math.Sqrt(stack([.. gradients.OfType<Tensor>().Select(gradient => gradient.Squared().sum())]).sum().item<float>());
}
