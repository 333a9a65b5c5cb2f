using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Torch.Networks;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>A cell that has every operation on every edge and computes those that the supernet's <see cref="Mixture"/> names.</summary>
internal sealed class MixedCell : ICell
{
    private readonly Mixture _mixture;
    private readonly ReluConvNorm[] _narrow = new ReluConvNorm[Mixture.Edges];
    private readonly ReluConvNorm[] _wide = new ReluConvNorm[Mixture.Edges];

    public MixedCell(Mixture mixture, NetworkBuilder builder, int channels, int side)
    {
        _mixture = mixture;
        for (int edge = 0; edge < Mixture.Edges; edge++)
        {
            _narrow[edge] = builder.ReluConvNorm(1, channels, channels, 1, side);
            _wide[edge] = builder.ReluConvNorm(3, channels, channels, 1, side);
            mixture.Add(_narrow[edge].Layer);
            mixture.Add(_wide[edge].Layer);
        }
    }

    public Tensor Forward(ForwardPass pass, Tensor input)
    {
        Tensor[] nodes = new Tensor[Cell.Nodes];
        nodes[0] = input;
        for (int to = 1; to < Cell.Nodes; to++)
        {
            Tensor? sum = null;
            for (int from = 0; from < to; from++)
            {
                int edge = Cell.Edge(from, to);
                foreach ((NasBench201Operation operation, Tensor? weight) in _mixture.Terms(edge))
                {
                    Tensor term = Apply(pass, operation, edge, nodes[from]);
                    term = weight is null ? term : term.mul(weight);
                    sum = sum is null ? term : sum.Plus(term);
                }
            }

            nodes[to] = sum ?? input.Times(0);
        }

        return nodes[^1];
    }

    private Tensor Apply(ForwardPass pass, NasBench201Operation operation, int edge, Tensor input) => operation switch
    {
        NasBench201Operation.SkipConnect => input,
        NasBench201Operation.AvgPool3x3 => nn.functional.avg_pool2d(input, [3, 3], [1, 1], [1, 1], count_include_pad: false),
        NasBench201Operation.Conv1x1 => _narrow[edge].ApplyAfterRelu(pass, pass.Rectify(input, 1)),
        NasBench201Operation.Conv3x3 => _wide[edge].ApplyAfterRelu(pass, pass.Rectify(input, 1)),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Nothing is computed for it."),
    };
}
