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
    public static void Write(Stream stream, NetworkWeights weights, IReadOnlyDictionary<string, string> metadata)
        => Write(stream, [.. weights.ToTensors()], metadata);

    /// <summary>Writes weights into a file.</summary>
    public static void Write(string path, NetworkWeights weights, IReadOnlyDictionary<string, string> metadata)
    {
        using FileStream stream = File.Create(path);
        Write(stream, weights, metadata);
    }

    /// <summary>Reads the weights of a network.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layout">Names and shapes that it has to have; others in the file are passed over.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or of another network.</exception>
    public static NetworkWeights Read(string path, NetworkLayout layout)
    {
        SafetensorsContent content = Read(path);
        return new NetworkWeights(layout, [.. layout.Tensors.Select(tensor => Values(path, content, tensor))]);
    }

    /// <summary>The texts that a file holds beside its tensors.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path) => Read(path).Metadata;

    /// <summary>Writes a file again. It is written beside its place first: a kill leaves the old one or the new one.</summary>
    internal static void Replace(string path, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string temporary = path + ".tmp";
        using (FileStream stream = File.Create(temporary))
        {
            Write(stream, tensors, metadata);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Writes tensors.</summary>
    private static void Write(Stream stream, IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        JsonObject header = new() { [MetadataKey] = JsonSerializer.SerializeToNode(metadata) };
        long offset = 0;
        foreach (SafetensorsTensor tensor in tensors)
        {
            long end = offset + (tensor.Values.Length * (long)sizeof(float));
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
        foreach (SafetensorsTensor tensor in tensors)
        {
            stream.Write(MemoryMarshal.AsBytes<float>(tensor.Values));
        }
    }

    /// <summary>Reads all float32 tensors of a file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    internal static SafetensorsContent Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        ulong headerBytes = file.Length < sizeof(ulong) ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (headerBytes > MaxHeaderBytes || sizeof(ulong) + (int)headerBytes > file.Length)
        {
            throw new InvalidDataException($"{path} is no safetensors file.");
        }

        try
        {
            using JsonDocument header = JsonDocument.Parse(file.AsMemory(sizeof(ulong), (int)headerBytes));
            ReadOnlySpan<byte> numbers = file.AsSpan(sizeof(ulong) + (int)headerBytes);
            Dictionary<string, SafetensorsTensor> tensors = [];
            Dictionary<string, string> metadata = [];
            foreach (JsonProperty entry in header.RootElement.EnumerateObject())
            {
                if (entry.Name == MetadataKey)
                {
                    metadata = entry.Value.Deserialize<Dictionary<string, string>>() ?? [];
                }
                else if (entry.Value.GetProperty("dtype").GetString() == "F32")
                {
                    int[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
                    int begin = entry.Value.GetProperty("data_offsets")[0].GetInt32();
                    int count = shape.Aggregate(1, (product, size) => checked(product * size));
                    tensors.Add(entry.Name, new(
                        entry.Name, shape, MemoryMarshal.Cast<byte, float>(numbers.Slice(begin, count * sizeof(float))).ToArray()));
                }
            }

            return new SafetensorsContent(tensors, metadata);
        }
        catch (Exception exception)
            when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException or KeyNotFoundException
                or OverflowException)
        {
            throw new InvalidDataException($"{path} is no safetensors file: {exception.Message}", exception);
        }
    }

    private static float[] Values(string path, SafetensorsContent content, NetworkTensor tensor)
    {
        if (!content.Tensors.TryGetValue(tensor.Name, out SafetensorsTensor? found))
        {
            throw new InvalidDataException($"{path} has no tensor {tensor.Name}: it holds the weights of another network.");
        }

        return found.Shape.SequenceEqual(tensor.Shape)
            ? found.Values
            : throw new InvalidDataException(
                $"{path} has {tensor.Name} as [{string.Join(", ", found.Shape)}], and [{string.Join(", ", tensor.Shape)}] is needed: it "
                    + "holds the weights of another network.");
    }
}

/// <summary>What a safetensors file holds.</summary>
/// <param name="Tensors">Its float32 tensors by name.</param>
/// <param name="Metadata">Texts beside them.</param>
internal sealed record SafetensorsContent(
    IReadOnlyDictionary<string, SafetensorsTensor> Tensors, IReadOnlyDictionary<string, string> Metadata);

/// <summary>A tensor with its name.</summary>
/// <param name="Values">Elements, row by row.</param>
internal sealed record SafetensorsTensor(string Name, IReadOnlyList<int> Shape, float[] Values);
