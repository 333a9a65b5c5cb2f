using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PelNas.Shared.Torch.Networks;

/// <summary>
/// Weights in the safetensors format (github.com/huggingface/safetensors, "Format"): eight bytes of the header's length, a JSON header that
/// gives each tensor's type, shape and place, then the numbers, little-endian.
/// </summary>
public static class SafetensorsFile
{
    private const int MaxHeaderBytes = 1 << 24;
    private const string MetadataKey = "__metadata__";

    /// <summary>Writes weights.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="metadata">Texts to go along.</param>
    public static void Write(Stream stream, NetworkWeights weights, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(weights);
        JsonObject header = new() { [MetadataKey] = JsonSerializer.SerializeToNode(metadata) };
        long offset = 0;
        foreach (NetworkTensor tensor in weights.Layout.Tensors)
        {
            long end = offset + (tensor.Count * (long)sizeof(float));
            header[tensor.Name] = new JsonObject
            {
                ["dtype"] = "F32",
                ["shape"] = JsonSerializer.SerializeToNode(tensor.Shape),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }

        // Spaces after the header keep the numbers on a multiple of eight bytes.
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header);
        byte[] padded = new byte[(json.Length + 7) / 8 * 8];
        padded.AsSpan().Fill((byte)' ');
        json.CopyTo(padded, 0);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)padded.Length);
        stream.Write(length);
        stream.Write(padded);
        foreach (float[] values in weights.Values)
        {
            stream.Write(MemoryMarshal.AsBytes<float>(values));
        }
    }

    /// <summary>Reads the weights of a network.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layout">Names and shapes that it has to have; others in the file are passed over.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or of another network.</exception>
    public static NetworkWeights Read(string path, NetworkLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        byte[] file = File.ReadAllBytes(path);
        ulong headerBytes = file.Length < sizeof(ulong) ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (headerBytes > MaxHeaderBytes || sizeof(ulong) + (int)headerBytes > file.Length)
        {
            throw new InvalidDataException($"{path} is no safetensors file.");
        }

        try
        {
            using JsonDocument header = JsonDocument.Parse(file.AsMemory(sizeof(ulong), (int)headerBytes));
            ReadOnlyMemory<byte> numbers = file.AsMemory(sizeof(ulong) + (int)headerBytes);
            return new NetworkWeights(layout, [.. layout.Tensors.Select(tensor => Values(path, header.RootElement, numbers.Span, tensor))]);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException or KeyNotFoundException)
        {
            throw new InvalidDataException($"{path} is no safetensors file: {exception.Message}", exception);
        }
    }

    private static float[] Values(string path, JsonElement header, ReadOnlySpan<byte> numbers, NetworkTensor tensor)
    {
        if (!header.TryGetProperty(tensor.Name, out JsonElement entry))
        {
            throw new InvalidDataException($"{path} has no tensor {tensor.Name}: it holds the weights of another network.");
        }

        int[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
        string? type = entry.GetProperty("dtype").GetString();
        if (type != "F32" || !shape.SequenceEqual(tensor.Shape))
        {
            throw new InvalidDataException(
                $"{path} has {tensor.Name} as {type}[{string.Join(", ", shape)}], and F32[{string.Join(", ", tensor.Shape)}] is needed: it holds the weights of another network.");
        }

        int begin = entry.GetProperty("data_offsets")[0].GetInt32();
        return MemoryMarshal.Cast<byte, float>(numbers.Slice(begin, tensor.Count * sizeof(float))).ToArray();
    }
}
