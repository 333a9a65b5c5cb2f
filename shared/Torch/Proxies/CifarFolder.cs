using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PelNas.Shared.Common;
using PelNas.Shared.Torch.Images;

namespace PelNas.Shared.Torch.Proxies;

/// <summary>
/// Reads images in CIFAR's binary format: a record is the label (CIFAR-10: one byte; CIFAR-100: coarse and fine, one byte each) and
/// 3,072 bytes, 32 x 32 red, then green, then blue, row by row (cs.toronto.edu/~kriz/cifar.html).
/// </summary>
internal static class CifarFolder
{
    private const int Side = 32;
    private const int Plane = Side * Side;
    private const int HashBytes = 8;

    private static readonly Format Cifar10 = new("data_batch_*.bin", 1, 10, [125.3f, 123.0f, 113.9f], [63.0f, 62.1f, 66.7f]);
    private static readonly Format Cifar100 = new("train.bin", 2, 100, [129.3f, 124.1f, 112.4f], [68.2f, 65.4f, 70.4f]);

    /// <summary>A batch of images drawn by the seed without repetition, each channel normalised by the data set's mean and deviation.</summary>
    /// <exception cref="ImageFolderException">The folder cannot be used.</exception>
    public static (float[] Pixels, long[] Labels, int Side) Read(string folder, ProxySettings settings)
    {
        Format format = settings.Shape.Classes switch
        {
            _ when settings.Shape.Resolution != Side => throw new ImageFolderException($"Images can be given for cifar10 and cifar100 only, which have {Side} x {Side} pixels."),
            10 => Cifar10,
            _ => Cifar100,
        };
        byte[][] files = ReadFiles(folder, format);
        int record = format.LabelBytes + (3 * Plane);
        int[] counts = [.. files.Select(file => file.Length / record)];
        if (counts.Sum() < settings.BatchSize)
        {
            throw new ImageFolderException($"The folder {folder} has {counts.Sum()} images, fewer than a batch of {settings.BatchSize}.");
        }

        int[] drawn = [.. Enumerable.Range(0, counts.Sum())];
        SeededRandom.For(settings.Seed, "proxy-images").Shuffle(drawn);
        float[] pixels = new float[settings.BatchSize * 3 * Plane];
        long[] labels = new long[settings.BatchSize];
        for (int i = 0; i < labels.Length; i++)
        {
            (int file, int place) = Locate(counts, drawn[i]);
            ReadOnlySpan<byte> bytes = files[file].AsSpan(place * record, record);
            labels[i] = bytes[format.LabelBytes - 1];
            if (labels[i] >= format.Classes)
            {
                throw new ImageFolderException($"The folder {folder} has an image of class {labels[i]}, and there are {format.Classes}: its files are not of this data set.");
            }

            for (int p = 0; p < 3 * Plane; p++)
            {
                pixels[(i * 3 * Plane) + p] = (bytes[format.LabelBytes + p] - format.Means[p / Plane]) / format.Deviations[p / Plane];
            }
        }

        return (pixels, labels, Side);
    }

    /// <summary>Names the batch by its content, so that two folders are taken for one only when a network is shown the same images.</summary>
    /// <exception cref="ImageFolderException">The folder cannot be used.</exception>
    public static string Hash(string folder, ProxySettings settings)
    {
        (float[] pixels, long[] labels, _) = Read(folder, settings);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<float>(pixels));
        hash.AppendData(MemoryMarshal.AsBytes<long>(labels));
        return $"images{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, HashBytes))}";
    }

    private static byte[][] ReadFiles(string folder, Format format)
    {
        byte[][] files;
        try
        {
            files = [.. Directory.GetFiles(folder, format.Files).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ImageFolderException($"The folder of images {folder} cannot be read: {exception.Message}", exception);
        }

        int record = format.LabelBytes + (3 * Plane);
        return files.Length > 0 && files.All(file => file.Length > 0 && file.Length % record == 0)
            ? files
            : throw new ImageFolderException($"The folder {folder} has no files {format.Files} of records of {record} bytes; give the folder of the data set's binary version.");
    }

    private static (int File, int Place) Locate(int[] counts, int number)
    {
        int file = 0;
        while (number >= counts[file])
        {
            number -= counts[file++];
        }

        return (file, number);
    }

    private sealed record Format(string Files, int LabelBytes, int Classes, float[] Means, float[] Deviations);
}
