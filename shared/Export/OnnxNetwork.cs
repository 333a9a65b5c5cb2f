using Google.Protobuf;
using Onnx;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Shared.Export;

/// <summary>
/// Writes the network around a cell as an ONNX model of operator set 17. Input <c>images</c>, [batch, image channels, resolution,
/// resolution]; output <c>logits</c>, [batch, classes]. Every edge is in it, also one that leads nowhere, as in the benchmark's network.
/// </summary>
public static class OnnxNetwork
{
    /// <summary>Name of the input.</summary>
    public const string Input = "images";

    /// <summary>Name of the output.</summary>
    public const string Output = "logits";

    private const long OperatorSet = 17;
    private const long FormatVersion = 8;

    /// <summary>The model as bytes of a file.</summary>
    /// <param name="weights">Weights; without them those of a network before training, by seed 1.</param>
    public static byte[] Write(ExportedCell cell, NetworkWeights? weights = null)
    {
        ModelProto model = new()
        {
            IrVersion = FormatVersion,
            ProducerName = "PEL-NAS",
            ProducerVersion = ProductVersion.Current,
            Graph = Build(cell, weights ?? NetworkWeights.Initial(cell.Layout, 1)),
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OperatorSet });
        model.MetadataProps.AddRange(cell.Metadata.Select(pair => new StringStringEntryProto { Key = pair.Key, Value = pair.Value }));
        return model.ToByteArray();
    }

    private static GraphProto Build(ExportedCell cell, NetworkWeights weights)
    {
        NetworkShape shape = cell.Shape;
        OnnxGraph graph = new($"nas-bench-201-{cell.Index}", weights);
        graph.AddInput(Input, -1, shape.ImageChannels, shape.Resolution, shape.Resolution);
        string x = graph.Normalise("stem.1", graph.Convolve("stem.0", Input, 1));
        for (int stage = 0; stage < MacroNetwork.Stages; stage++)
        {
            x = stage > 0 ? Block(graph, $"stages.{stage}.0", x) : x;
            for (int i = 0; i < shape.CellsPerStage; i++)
            {
                x = AddCell(graph, NetworkLayout.CellName(stage, i), cell.Operations, x);
            }
        }

        x = graph.Add("Relu", "head.1", [graph.Normalise("head.0", x)]);
        x = graph.Add("Flatten", "features", [graph.Add("GlobalAveragePool", "pool", [x])]);
        graph.Add("Gemm", Output, [x, "classifier.weight", "classifier.bias"], OnnxGraph.Number("transB", 1));
        graph.AddOutput(Output, -1, shape.Classes);
        return graph.Graph;
    }

    private static string Block(OnnxGraph graph, string name, string input)
    {
        string deep = graph.ReluConvNorm($"{name}.second", graph.ReluConvNorm($"{name}.first", input, 2), 1);
        string shortcut = graph.Convolve($"{name}.shortcut.1", graph.Halve($"{name}.shortcut.0", input), 1);
        return graph.Sum(name, [shortcut, deep]);
    }

    private static string AddCell(OnnxGraph graph, string name, IReadOnlyList<NasBench201Operation> operations, string input)
    {
        string[] nodes = new string[Cell.Nodes];
        nodes[0] = input;
        for (int to = 1; to < nodes.Length; to++)
        {
            List<string> terms = [];
            for (int from = 0; from < to; from++)
            {
                string edge = $"{name}.{NetworkLayout.EdgeName(from, to)}";
                NasBench201Operation operation = operations[Cell.Edge(from, to)];
                if (operation != NasBench201Operation.None)
                {
                    terms.Add(operation switch
                    {
                        NasBench201Operation.SkipConnect => nodes[from],
                        NasBench201Operation.AvgPool3x3 => graph.Pool(edge, nodes[from]),
                        _ => graph.ReluConvNorm(edge, nodes[from], 1),
                    });
                }
            }

            string node = $"{name}.node{to}";
            nodes[to] = terms.Count == 0 ? graph.Nothing(node, input) : graph.Sum(node, terms);
        }

        return nodes[^1];
    }
}
