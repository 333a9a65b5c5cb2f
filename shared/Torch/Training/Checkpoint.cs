using PelNas.Shared.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Training;

/// <summary>Where a training stood after an epoch: weights, velocities and the best weights in one safetensors file.</summary>
internal sealed class Checkpoint
{
    private const string Velocity = "velocity.";
    private const string BestPrefix = "best.";
    private const string EpochsKey = "epochs";
    private const string OrderKey = "order";

    private readonly IReadOnlyDictionary<string, float[]> _tensors;
    private readonly NetworkLayout _layout;

    private Checkpoint(IReadOnlyDictionary<string, float[]> tensors, NetworkLayout layout, IReadOnlyList<TrainedEpoch> epochs)
        => (_tensors, _layout, Epochs) = (tensors, layout, epochs);

    public IReadOnlyList<TrainedEpoch> Epochs { get; }

    public NetworkWeights Best => new(_layout, [.. _layout.Tensors.Select(tensor => _tensors[BestPrefix + tensor.Name])]);

    /// <summary>A checkpoint, or null where there is none of this order, or a damaged one: then training begins anew.</summary>
    /// <param name="order">All that the network depends on.</param>
    public static Checkpoint? TryRead(string path, NetworkLayout layout, string order)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            SafetensorsContent content = SafetensorsFile.Read(path);
            return content.Metadata.GetValueOrDefault(OrderKey) == order
                ? new Checkpoint(content.Tensors.ToDictionary(pair => pair.Key, pair => pair.Value.Values), layout,
                    PelNasJson.Deserialize<List<TrainedEpoch>>(content.Metadata[EpochsKey]))
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    public static void Write(
        string path, MacroNetwork network, MomentumDescent descent, NetworkLayout layout, string order, NetworkWeights best,
        IReadOnlyList<TrainedEpoch> epochs)
    {
        NetworkTensor[] parameters = [.. layout.Tensors.Where(tensor => tensor.IsParameter)];
        IEnumerable<SafetensorsTensor> velocities = parameters.Zip(
            descent.Velocities,
            (tensor, velocity) => new SafetensorsTensor(Velocity + tensor.Name, tensor.Shape, velocity.data<float>().ToArray()));
        IEnumerable<SafetensorsTensor> bests = best.ToTensors().Select(tensor => tensor with { Name = BestPrefix + tensor.Name });
        SafetensorsFile.Replace(path, [.. network.Copy(layout).ToTensors(), .. velocities, .. bests], new Dictionary<string, string>
        {
            [EpochsKey] = PelNasJson.Serialize(epochs),
            [OrderKey] = order,
        });
    }

    public void Restore(MacroNetwork network, MomentumDescent descent)
    {
        network.Load(new NetworkWeights(_layout, [.. _layout.Tensors.Select(tensor => _tensors[tensor.Name])]));
        using DisposeScope scope = NewDisposeScope();
        NetworkTensor[] parameters = [.. _layout.Tensors.Where(tensor => tensor.IsParameter)];
        for (int i = 0; i < parameters.Length; i++)
        {
            descent.Velocities[i].copy_(tensor(_tensors[Velocity + parameters[i].Name]).reshape(descent.Velocities[i].shape));
        }
    }
}
