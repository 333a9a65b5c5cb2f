using PelNas.Shared.SearchSpaces;

using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Networks;

/// <summary>
/// A cell of NAS-Bench-201 (Dong and Yang, ICLR 2020, section 2.1): four nodes, the sum of their edges. Every edge is computed, also one
/// that leads nowhere, as the benchmark's code does, and a node that no edge enters is its cell's input times zero.
/// </summary>
internal sealed class Cell : ICell
{
    internal const int Nodes = 4;

    private readonly NasBench201Operation[] _operations;
    private readonly ReluConvNorm?[] _convolutions;

    public Cell(NetworkBuilder builder, ReadOnlySpan<byte> genotype, int channels, int side)
    {
        _operations = [.. genotype.ToArray().Select(operation => (NasBench201Operation)operation)];
        _convolutions = new ReluConvNorm?[_operations.Length];
        bool[] reachesOutput = ReachesOutput();
        for (int to = 1; to < Nodes; to++)
        {
            for (int from = 0; from < to; from++)
            {
                int edge = Edge(from, to);
                if (Kernel(_operations[edge]) is { } kernel)
                {
                    _convolutions[edge] = builder.ReluConvNorm(kernel, channels, channels, 1, side, reachesOutput[to]);
                }
                else
                {
                    builder.Skip();
                }
            }
        }
    }

    public Tensor Forward(ForwardPass pass, Tensor input)
    {
        Tensor[] nodes = new Tensor[Nodes];
        Tensor?[] rectified = new Tensor?[Nodes];
        nodes[0] = input;
        for (int to = 1; to < Nodes; to++)
        {
            Tensor? sum = null;
            for (int from = 0; from < to; from++)
            {
                int edge = Edge(from, to);
                Tensor? term = _operations[edge] switch
                {
                    NasBench201Operation.None => null,
                    NasBench201Operation.SkipConnect => nodes[from],
                    NasBench201Operation.AvgPool3x3 =>
                        nn.functional.avg_pool2d(nodes[from], [3, 3], [1, 1], [1, 1], count_include_pad: false),
                    _ => _convolutions[edge]!.ApplyAfterRelu(pass, rectified[from] ??= pass.Rectify(nodes[from], Convolutions(from))),
                };
                sum = term is null ? sum : sum is null ? term : sum.Plus(term);
            }

            nodes[to] = sum ?? input.Times(0);
        }

        return nodes[^1];
    }

    internal static int Edge(int from, int to) => (to * (to - 1) / 2) + from;

    internal static int? Kernel(NasBench201Operation operation) => operation switch
    {
        NasBench201Operation.Conv1x1 => 1,
        NasBench201Operation.Conv3x3 => 3,
        _ => null,
    };

    private int Convolutions(int from)
        => Enumerable.Range(from + 1, Nodes - from - 1).Count(to => _convolutions[Edge(from, to)] is not null);

    private bool[] ReachesOutput()
    {
        bool[] reaches = new bool[Nodes];
        reaches[^1] = true;
        for (int from = Nodes - 2; from > 0; from--)
        {
            reaches[from] = Enumerable.Range(from + 1, Nodes - from - 1)
                .Any(to => reaches[to] && _operations[Edge(from, to)] != NasBench201Operation.None);
        }

        return reaches;
    }
}

/// <summary>What a network is built of: the same number of channels and pixels comes out as goes in.</summary>
internal interface ICell
{
    /// <summary>The output, [batch, channels, side, side].</summary>
    Tensor Forward(ForwardPass pass, Tensor input);
}
