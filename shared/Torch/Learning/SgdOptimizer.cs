using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Learning;

/// <summary>Stochastic gradient descent with momentum, L2 decay and a bound on the gradient's norm. A parameter without gradient stays where it is.</summary>
internal sealed class SgdOptimizer : IDisposable
{
    private const double Momentum = 0.9;
    private const double Decay = 3e-4;
    private const double MostNorm = 5;

    private readonly Tensor[] _parameters;
    private readonly Tensor[] _moves;

    /// <summary>An optimiser that has not moved yet.</summary>
    public SgdOptimizer(IEnumerable<Tensor> parameters)
    {
        _parameters = [.. parameters];
        _moves = [.. _parameters.Select(parameter => zeros_like(parameter, requires_grad: false).DetachFromDisposeScope())];
    }

    /// <summary>What has to be kept to go on.</summary>
    public IEnumerable<Tensor> State => _moves;

    /// <summary>Moves the parameters one step down the loss.</summary>
    public void Step(Tensor loss, double rate)
    {
        using DisposeScope scope = NewDisposeScope();
        loss.backward();
        using IDisposable noGradients = no_grad();
        (int Place, Tensor Gradient)[] moved =
        [
            .. Enumerable.Range(0, _parameters.Length).Select(place => (Place: place, Gradient: _parameters[place].grad)).Where(pair => pair.Gradient is not null)
                .Select(pair => (pair.Place, pair.Gradient!)),
        ];
        double norm = Math.Sqrt(stack([.. moved.Select(pair => pair.Gradient.pow(2).sum())]).sum().item<float>());
        double scale = Math.Min(1, MostNorm / (norm + 1e-6));
        foreach ((int place, Tensor gradient) in moved)
        {
            _moves[place].ScaleAndShiftInPlace(Momentum, 0).AddInPlace(gradient, scale).AddInPlace(_parameters[place], Decay);
            _parameters[place].AddInPlace(_moves[place], -rate);
            _parameters[place].grad = null;
        }
    }

    /// <summary>Frees what it keeps; the parameters are the caller's.</summary>
    public void Dispose()
    {
        foreach (Tensor move in _moves)
        {
            move.Dispose();
        }
    }
}
