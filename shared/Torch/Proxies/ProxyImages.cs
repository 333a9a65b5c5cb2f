using System.Runtime.InteropServices;
using System.Security.Cryptography;
using PelNas.Shared.Torch.Images;
using PelNas.Shared.Torch.Training;

namespace PelNas.Shared.Torch.Proxies;

/// <summary>The batch of a folder's images that networks are shown.</summary>
/// <param name="Pixels">
/// Image by image: three channels, row, column; each channel normalised. A grey image has three equal channels.
/// </param>
/// <param name="Labels">Class of each image.</param>
internal sealed record ProxyImages(float[] Pixels, long[] Labels)
{
    private const int Channels = 3;
    private const int HashBytes = 8;

    // Of more images the mean and the deviation would be no others.
    private const int MostImages = 2000;

    // A folder is read once a process and not for each handful of cells.
    private static readonly OldestFirstCache<ProxySettings, ProxyImages> Known = new(2);

    /// <summary>The batch that settings ask for, drawn by their seed without repetition.</summary>
    /// <exception cref="ImageFolderException">The folder cannot be used.</exception>
    public static ProxyImages Of(ProxySettings settings) => Known.GetOrAdd(settings, () => Read(settings));

    /// <summary>Reads the batch again.</summary>
    /// <exception cref="ImageFolderException">The folder cannot be used.</exception>
    internal static ProxyImages Read(ProxySettings settings)
    {
        string folder = settings.Images!;
        ImageData data = ImageFolder.Read(folder, settings.Shape.Resolution, MostImages, settings.Seed);
        if (data.Count < settings.BatchSize)
        {
            throw new ImageFolderException($"The folder {folder} has {data.Count} images, fewer than a batch of {settings.BatchSize}.");
        }

        int[] drawn = [.. Enumerable.Range(0, data.Count)];
        SeededRandom.For(settings.Seed, "proxy-images").Shuffle(drawn);
        ImageData batch = data.Take(drawn[..settings.BatchSize]);
        return batch.Labels.Max() < settings.Shape.Classes
            ? new ProxyImages(Normalise(batch, data), [.. batch.Labels])
            : throw new ImageFolderException(
                $"The folder {folder} has an image of class {batch.Labels.Max()}, and there are {settings.Shape.Classes}: it is not of "
                    + "this data set.");
    }

    /// <summary>
    /// Names the batch by its content, so that two folders are taken for one only when a network is shown the same images.
    /// </summary>
    public string Hash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<float>(Pixels));
        hash.AppendData(MemoryMarshal.AsBytes<long>(Labels));
        return $"images{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, HashBytes))}";
    }

    private static float[] Normalise(ImageData batch, ImageData all)
    {
        (float Mean, float Deviation)[] moments = [.. Enumerable.Range(0, all.Channels)
            .Select(channel => ImageSplit.Moments(all, channel))];
        int plane = all.Side * all.Side;
        float[] pixels = new float[batch.Count * Channels * plane];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int image, int place) = Math.DivRem(i, Channels * plane);
            int channel = place / plane % all.Channels;
            byte value = batch.Pixels[(image * all.ImageBytes) + (channel * plane) + (place % plane)];
            pixels[i] = (value - moments[channel].Mean) / moments[channel].Deviation;
        }

        return pixels;
    }
}
