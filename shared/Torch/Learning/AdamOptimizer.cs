using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Learning;

/// <summary>
/// Adam (Kingma and Ba 2015) with L2 decay, as PyTorch's. TorchSharp's own hands scalars to native code that may be freed while they are
/// read (<see cref="TensorArithmetic"/>).
/// </summary>
internal sealed class AdamOptimizer : IDisposable
{
    private const double Epsilon = 1e-8;

    private readonly Tensor[] _parameters;
    private readonly Tensor[] _means;
    private readonly Tensor[] _squares;
    private readonly double _rate;
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _decay;
    private readonly Tensor _steps = zeros(1, ScalarType.Float32).DetachFromDisposeScope();

    /// <summary>An optimiser that has not moved yet.</summary>
    public AdamOptimizer(IEnumerable<Tensor> parameters, double rate, double beta1 = 0.9, double beta2 = 0.999, double decay = 0)
    {
        (_rate, _beta1, _beta2, _decay) = (rate, beta1, beta2, decay);
        _parameters = [.. parameters];
        _means = [.. _parameters.Select(parameter => zeros_like(parameter, requires_grad: false).DetachFromDisposeScope())];
        _squares = [.. _parameters.Select(parameter => zeros_like(parameter, requires_grad: false).DetachFromDisposeScope())];
    }

    /// <summary>What has to be kept to go on.</summary>
    public IEnumerable<Tensor> State => [.. _means, .. _squares, _steps];

    /// <summary>Moves the parameters one step down the loss.</summary>
    public void Step(Tensor loss)
    {
        using DisposeScope scope = NewDisposeScope();
        IList<Tensor> gradients = autograd.grad([loss], _parameters);
        using IDisposable noGradients = no_grad();
        double steps = _steps.ScaleAndShiftInPlace(1, 1).item<float>();
        double step = _rate / (1 - Math.Pow(_beta1, steps));
        double scale = 1 / Math.Sqrt(1 - Math.Pow(_beta2, steps));
        for (int place = 0; place < _parameters.Length; place++)
        {
            Tensor gradient = _decay > 0 ? gradients[place].Plus(_parameters[place].Times(_decay)) : gradients[place];
            _means[place].ScaleAndShiftInPlace(_beta1, 0).AddInPlace(gradient, 1 - _beta1);
            _squares[place].ScaleAndShiftInPlace(_beta2, 0).AddInPlace(gradient.mul(gradient), 1 - _beta2);
            _parameters[place].AddInPlace(_means[place].div(_squares[place].sqrt().Times(scale).Plus(Epsilon)), -step);
        }
    }

    /// <summary>Frees the moments; the parameters are the caller's.</summary>
    public void Dispose() => State.DisposeAll();
}
