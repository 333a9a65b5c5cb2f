using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PelNas.Shared.Torch.Images;

/// <summary>Labelled square images in memory.</summary>
/// <param name="Pixels">Image by image: channel, row, column; 0 to 255.</param>
/// <param name="Labels">Class of each image.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Side">Height and width, pixels.</param>
/// <param name="Classes">Number of classes.</param>
public sealed record ImageData(byte[] Pixels, int[] Labels, int Channels, int Side, int Classes)
{
    /// <summary>Number of images.</summary>
    public int Count => Labels.Length;

    /// <summary>Bytes of an image.</summary>
    public int ImageBytes => Channels * Side * Side;

    /// <summary>Names the images and their classes by their content.</summary>
    public string Hash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Pixels);
        hash.AppendData(MemoryMarshal.AsBytes<int>(Labels));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Some of the images, in the order given.</summary>
    public ImageData Take(IReadOnlyList<int> places)
    {
        byte[] pixels = new byte[places.Count * ImageBytes];
        for (int i = 0; i < places.Count; i++)
        {
            Pixels.AsSpan(places[i] * ImageBytes, ImageBytes).CopyTo(pixels.AsSpan(i * ImageBytes));
        }

        return this with { Pixels = pixels, Labels = [.. places.Select(place => Labels[place])] };
    }

    /// <summary>The images at another size: a pixel is the mean of those that it covers.</summary>
    public ImageData Resize(int side)
    {
        if (side == Side)
        {
            return this;
        }

        byte[] pixels = new byte[Count * Channels * side * side];
        for (int plane = 0; plane < Count * Channels; plane++)
        {
            Resize(Pixels.AsSpan(plane * Side * Side, Side * Side), Side, Side, pixels.AsSpan(plane * side * side, side * side), side);
        }

        return this with { Pixels = pixels, Side = side };
    }

    /// <summary>Brings one channel of an image to a square.</summary>
    internal static void Resize(ReadOnlySpan<byte> source, int width, int height, Span<byte> target, int side)
    {
        for (int y = 0; y < side; y++)
        {
            (int top, int bottom) = Covered(y, side, height);
            for (int x = 0; x < side; x++)
            {
                (int left, int right) = Covered(x, side, width);
                int sum = 0;
                for (int row = top; row < bottom; row++)
                {
                    foreach (byte value in source[((row * width) + left)..((row * width) + right)])
                    {
                        sum += value;
                    }
                }

                int count = (bottom - top) * (right - left);
                target[(y * side) + x] = (byte)((sum + (count / 2)) / count);
            }
        }
    }

    private static (int First, int End) Covered(int place, int side, int length)
    {
        int first = place * length / side;
        return (first, Math.Max(first + 1, ((place + 1) * length) / side));
    }
}
