using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>Keeps where a search stands: a line of JSON, then the bytes of the method's tensors, one after another.</summary>
internal static class SupernetCheckpoint
{
    /// <summary>Writes the file again. A process that is killed meanwhile leaves the old one.</summary>
    public static void Write(string path, SupernetProgress progress, IReadOnlyList<Tensor> state)
    {
        string fresh = path + ".new";
        using (DisposeScope scope = NewDisposeScope())
        using (FileStream file = File.Create(fresh))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(progress, PelNasJson.Options));
            file.Write("\n"u8);
            foreach (Tensor tensor in state)
            {
                file.Write(tensor.detach().bytes);
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Reads the file into the tensors; null where there is none.</summary>
    /// <exception cref="SupernetCheckpointException">It is damaged or of another order.</exception>
    public static SupernetProgress? TryRead(string path, SupernetOrder order, IReadOnlyList<Tensor> state)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        byte[] file = File.ReadAllBytes(path);
        int end = Array.IndexOf(file, (byte)'\n');
        SupernetProgress? progress = end < 0 ? null : ReadHeader(file.AsSpan(0, end));
        if (progress?.Order != order)
        {
            throw new SupernetCheckpointException($"{path} is no checkpoint of this search ({order}); give another folder, or delete it.");
        }

        using DisposeScope scope = NewDisposeScope();
        int place = end + 1;
        if (file.Length - place != state.Sum(tensor => tensor.numel() * tensor.ElementSize))
        {
            throw new SupernetCheckpointException($"{path} is not whole; delete it to search again.");
        }

        foreach (Tensor tensor in state)
        {
            Span<byte> bytes = tensor.detach().bytes;
            file.AsSpan(place, bytes.Length).CopyTo(bytes);
            place += bytes.Length;
        }

        return progress;
    }

    private static SupernetProgress? ReadHeader(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<SupernetProgress>(line, PelNasJson.Options);
        }
        catch (JsonException)
        {
            return null;
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
public sealed class SupernetCheckpointException(string message) : Exception(message);
