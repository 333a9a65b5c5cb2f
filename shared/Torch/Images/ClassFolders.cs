using StbImageSharp;

namespace PelNas.Shared.Torch.Images;

/// <summary>Reads a folder with a folder of images for each class, in the order of their names.</summary>
internal static class ClassFolders
{
    private const int DefaultSide = 32;
    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".bmp"];

    /// <summary>The images of a folder, or null where it has none of this form.</summary>
    public static ImageData? TryRead(string folder, int? side, int? maxImages, int seed)
    {
        string[][] classes = [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Select(ImagesOf)
            .Where(files => files.Length > 0)];
        (string File, int Class)[] all = [.. classes.SelectMany((files, number) => files.Select(file => (file, number)))];
        if (all.Length == 0)
        {
            return null;
        }

        SeededRandom.For(seed, "draw-images").Shuffle(all);
        (string File, int Class)[] drawn = all[..Math.Min(all.Length, maxImages ?? int.MaxValue)];
        int size = side ?? DefaultSide;
        byte[] pixels = new byte[drawn.Length * 3 * size * size];
        for (int i = 0; i < drawn.Length; i++)
        {
            Decode(drawn[i].File, size, pixels.AsSpan(i * 3 * size * size));
        }

        return new ImageData(pixels, [.. drawn.Select(image => image.Class)], 3, size, classes.Length);
    }

    private static string[] ImagesOf(string folder)
        => [.. Directory.GetFiles(folder).Where(file => Endings.Contains(Path.GetExtension(file).ToLowerInvariant()))
            .Order(StringComparer.Ordinal)];

    private static void Decode(string file, int side, Span<byte> target)
    {
        ImageResult image;
        try
        {
            image = ImageResult.FromMemory(File.ReadAllBytes(file), ColorComponents.RedGreenBlue);
        }
        catch (InvalidOperationException exception)
        {
            throw new ImageFolderException($"{file} is no image that can be read: {exception.Message}", exception);
        }

        byte[] plane = new byte[image.Width * image.Height];
        for (int channel = 0; channel < 3; channel++)
        {
            for (int i = 0; i < plane.Length; i++)
            {
                plane[i] = image.Data[(3 * i) + channel];
            }

            ImageData.Resize(plane, image.Width, image.Height, target.Slice(channel * side * side, side * side), side);
        }
    }
}
