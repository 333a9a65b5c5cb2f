using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Torch.Networks;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>What the cells of a supernet compute at present: one operation an edge, or all of them by weights.</summary>
internal sealed class Mixture
{
    /// <summary>Edges of a cell.</summary>
    public const int Edges = 6;

    /// <summary>Operations that an edge can have.</summary>
    public const int Operations = 5;

    private readonly List<Layer> _layers = [];
    private byte[]? _path;
    private Tensor? _weights;

    /// <summary>The convolutions of all cells, in the order of the network.</summary>
    public IReadOnlyList<Layer> Layers => _layers;

    /// <summary>Notes a convolution of a cell.</summary>
    public void Add(Layer layer) => _layers.Add(layer);

    /// <summary>All operations, each times its weight.</summary>
    /// <param name="weights">[6, 5].</param>
    public void SetAll(Tensor weights) => (_path, _weights) = (null, weights);

    /// <summary>One operation an edge.</summary>
    /// <param name="path">Six operations.</param>
    /// <param name="weights">What each is multiplied by, [6]; null for nothing.</param>
    public void SetPath(byte[] path, Tensor? weights = null) => (_path, _weights) = (path, weights);

    /// <summary>The operations that an edge computes, <c>none</c> never among them, with their weights.</summary>
    public IEnumerable<(NasBench201Operation Operation, Tensor? Weight)> Terms(int edge)
    {
        if (_path is { } path)
        {
            return path[edge] == (byte)NasBench201Operation.None ? [] : [((NasBench201Operation)path[edge], _weights?[edge])];
        }

        return Enumerable.Range(1, Operations - 1)
            .Select(operation => ((NasBench201Operation)operation, (Tensor?)_weights![edge, operation]));
    }
}
