using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Shared.Export;

/// <summary>Puts an ONNX graph together, node by node. A value bears the name of the node that makes it.</summary>
internal sealed class OnnxGraph
{
    private const string Zero = "zero";

    public OnnxGraph(string name, NetworkWeights weights)
    {
        Graph.Name = name;
        for (int i = 0; i < weights.Values.Count; i++)
        {
            NetworkTensor tensor = weights.Layout.Tensors[i];
            AddInitialiser(tensor.Name, [.. tensor.Shape.Select(size => (long)size)], weights.Values[i]);
        }
    }

    public GraphProto Graph { get; } = new();

    public void AddInput(string name, params IReadOnlyList<long> shape) => Graph.Input.Add(Value(name, shape));

    public void AddOutput(string name, params IReadOnlyList<long> shape) => Graph.Output.Add(Value(name, shape));

    public string ReluConvNorm(string name, string input, int stride)
        => Normalise($"{name}.2", Convolve($"{name}.1", Add("Relu", $"{name}.0", [input]), stride));

    public string Convolve(string name, string input, int stride)
    {
        string weight = $"{name}.weight";
        long kernel = Graph.Initializer.First(tensor => tensor.Name == weight).Dims[^1];
        long padding = (kernel - 1) / 2;
        return Add(
            "Conv",
            name,
            [input, weight],
            Numbers("kernel_shape", kernel, kernel),
            Numbers("strides", stride, stride),
            Numbers("pads", padding, padding, padding, padding));
    }

    public string Normalise(string name, string input) => Add(
        "BatchNormalization",
        name,
        [input, $"{name}.weight", $"{name}.bias", $"{name}.running_mean", $"{name}.running_var"],
        new AttributeProto { Name = "epsilon", Type = AttributeProto.Types.AttributeType.Float, F = 1e-5f });

    /// <summary>Average pooling that keeps the size. The border does not count.</summary>
    public string Pool(string name, string input)
        => Add("AveragePool", name, [input], Numbers("kernel_shape", 3, 3), Numbers("strides", 1, 1), Numbers("pads", 1, 1, 1, 1));

    /// <summary>Average pooling that halves the size, rounded up.</summary>
    public string Halve(string name, string input)
        => Add("AveragePool", name, [input], Numbers("kernel_shape", 2, 2), Numbers("strides", 2, 2), Number("ceil_mode", 1));

    public string Sum(string name, IReadOnlyList<string> terms) => terms.Count == 1 ? terms[0] : Add("Sum", name, terms);

    /// <summary>Nothing, in the shape of a value.</summary>
    public string Nothing(string name, string input)
    {
        if (!Graph.Initializer.Any(tensor => tensor.Name == Zero))
        {
            AddInitialiser(Zero, [], [0]);
        }

        return Add("Mul", name, [input, Zero]);
    }

    public string Add(string operation, string name, IReadOnlyList<string> inputs, params IReadOnlyList<AttributeProto> attributes)
    {
        NodeProto node = new() { OpType = operation, Name = name };
        node.Input.AddRange(inputs);
        node.Output.Add(name);
        node.Attribute.AddRange(attributes);
        Graph.Node.Add(node);
        return name;
    }

    public static AttributeProto Number(string name, long value)
        => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    private static AttributeProto Numbers(string name, params IReadOnlyList<long> values)
    {
        AttributeProto attribute = new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    // A size below zero is the batch's, which the caller of the model chooses.
    private static ValueInfoProto Value(string name, IReadOnlyList<long> shape)
    {
        TensorShapeProto sizes = new();
        sizes.Dim.AddRange(shape.Select(size => size < 0
            ? new TensorShapeProto.Types.Dimension { DimParam = "batch" }
            : new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = sizes },
            },
        };
    }

    private void AddInitialiser(string name, IReadOnlyList<long> shape, float[] values)
    {
        TensorProto tensor = new() { Name = name, DataType = (int)TensorProto.Types.DataType.Float };
        tensor.Dims.AddRange(shape);
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values));
        Graph.Initializer.Add(tensor);
    }
}
