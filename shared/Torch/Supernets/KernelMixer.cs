using PelNas.Shared.Torch.Learning;
using PelNas.Shared.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>
/// Predicts the kernels of a cell's convolutions: each is a mixture of eight, whose shares a small network gives for the cell.
/// </summary>
internal sealed class KernelMixer : IDisposable
{
    private const int Bases = 8;
    private const int Hidden = 64;

    private readonly Dictionary<object, int> _places;
    private readonly Perceptron _shares;
    private readonly Tensor[] _bases;

    /// <summary>A mixer for some convolutions.</summary>
    public KernelMixer(IReadOnlyList<Layer> layers, int seed)
    {
        using WeightSource weights = WeightSource.Uniform(seed + 1);
        using DisposeScope scope = NewDisposeScope();
        _places = layers.Index().ToDictionary(layer => (object)layer.Item, layer => layer.Index, ReferenceEqualityComparer.Instance);
        _shares = new Perceptron(seed + 2, Mixture.Edges * Mixture.Operations, Hidden, layers.Count * Bases);
        _bases =
            [.. layers.Select((layer, place) =>
                weights.Random(place, (int)layer.FanIn, [Bases, .. layer.Weight.shape]).DetachFromDisposeScope())];
    }

    /// <summary>What is trained.</summary>
    public IReadOnlyList<Tensor> Parameters => [.. _shares.Parameters, .. _bases];

    /// <summary>A pass with the kernels of a cell.</summary>
    public ForwardPass PassFor(byte[] cell)
    {
        float[] encoding = new float[Mixture.Edges * Mixture.Operations];
        for (int edge = 0; edge < cell.Length; edge++)
        {
            encoding[(edge * Mixture.Operations) + cell[edge]] = 1;
        }

        return new MixedPass(this, nn.functional.softmax(_shares.Apply(tensor(encoding)).view(-1, Bases), 1));
    }

    public void Dispose()
    {
        _shares.Dispose();
        _bases.DisposeAll();
    }

    private sealed class MixedPass(KernelMixer mixer, Tensor shares) : ForwardPass
    {
        public override Tensor Apply(Layer layer, Tensor input)
        {
            if (!mixer._places.TryGetValue(layer, out int place))
            {
                return base.Apply(layer, input);
            }

            Tensor kernel = mixer._bases[place].flatten(1).t().mv(shares[place]).view(layer.Weight.shape);
            return base.Apply(layer with { Weight = kernel }, input);
        }
    }
}
