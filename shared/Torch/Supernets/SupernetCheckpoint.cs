using System.Text.Json;
using PelNas.Shared.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>Keeps where a search stands: the method's tensors by their number, and beside them the progress as a text.</summary>
internal static class SupernetCheckpoint
{
    private const string ProgressKey = "progress";

    /// <summary>Writes the file again. A process that is killed meanwhile leaves the old one.</summary>
    public static void Write(string path, SupernetProgress progress, IReadOnlyList<Tensor> state)
    {
        using DisposeScope scope = NewDisposeScope();
        SafetensorsFile.Replace(
            path,
            [
                .. state.Select((tensor, number) => new SafetensorsTensor(
                    $"{number}", [.. tensor.shape.Select(size => (int)size)], tensor.detach().data<float>().ToArray())),
            ],
            new Dictionary<string, string> { [ProgressKey] = PelNasJson.Serialize(progress) });
    }

    /// <summary>Reads the file into the tensors; null where there is none.</summary>
    /// <exception cref="SupernetCheckpointException">It is damaged or of another order.</exception>
    public static SupernetProgress? TryRead(string path, SupernetOrder order, IReadOnlyList<Tensor> state)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            SafetensorsContent content = SafetensorsFile.Read(path);
            SupernetProgress progress = PelNasJson.Deserialize<SupernetProgress>(content.Metadata[ProgressKey]);
            if (progress.Order != order)
            {
                throw new SupernetCheckpointException(
                    $"{path} is no checkpoint of this search ({order}); give another folder, or delete it.");
            }

            using DisposeScope scope = NewDisposeScope();
            using IDisposable untracked = no_grad();
            foreach ((int number, Tensor tensor) in state.Index())
            {
                tensor.copy_(torch.tensor(content.Tensors[$"{number}"].Values).reshape(tensor.shape));
            }

            return progress;
        }
        catch (Exception exception) when (exception is InvalidDataException or KeyNotFoundException or JsonException)
        {
            throw new SupernetCheckpointException($"{path} is not whole, or no checkpoint; delete it to search again.", exception);
        }
    }
}

/// <summary>Where a search stands.</summary>
/// <param name="Order">What was to be done.</param>
/// <param name="Minutes">Minutes of training.</param>
/// <param name="CoreMinutes">Minutes of processor time.</param>
/// <param name="DrawnWeights">Batches drawn to train weights.</param>
/// <param name="DrawnArchitecture">Batches drawn to train the architecture.</param>
/// <param name="Epochs">The epochs so far.</param>
internal sealed record SupernetProgress(
    SupernetOrder Order, double Minutes, double CoreMinutes, int DrawnWeights, int DrawnArchitecture, IReadOnlyList<SupernetEpoch> Epochs);

/// <summary>Training cannot continue from a checkpoint. The message says why and what to do.</summary>
public sealed class SupernetCheckpointException(string message, Exception? inner = null) : Exception(message, inner);
