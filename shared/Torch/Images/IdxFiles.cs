using System.Buffers.Binary;

namespace PelNas.Shared.Torch.Images;

/// <summary>Reads idx files (yann.lecun.com/exdb/mnist): a magic number, sizes as big-endian 32-bit numbers, then bytes.</summary>
internal static class IdxFiles
{
    private const int ImageMagic = 0x803;
    private const int LabelMagic = 0x801;
    private const int ImageHeader = 16;
    private const int LabelHeader = 8;

    /// <summary>The training images of a folder, or null where it has none of this form.</summary>
    public static ImageData? TryRead(string folder)
    {
        string[] files = Directory.GetFiles(folder);
        if (Find(files, "images-idx3") is not { } imageFile || Find(files, "labels-idx1") is not { } labelFile)
        {
            return null;
        }

        byte[] images = PackedFile.ReadAllBytes(imageFile);
        byte[] labels = PackedFile.ReadAllBytes(labelFile);
        if (images.Length < ImageHeader || Number(images, 0) != ImageMagic || labels.Length < LabelHeader
            || Number(labels, 0) != LabelMagic)
        {
            throw new ImageFolderException($"{imageFile} and {labelFile} are no idx files of images and labels.");
        }

        int count = Number(images, 4);
        (int height, int width) = (Number(images, 8), Number(images, 12));
        if (count <= 0 || height <= 0 || width != height || images.Length != ImageHeader + ((long)count * height * width)
            || Number(labels, 4) != count || labels.Length != LabelHeader + count)
        {
            throw new ImageFolderException($"{imageFile} does not have square images, or not as many as {labelFile} has labels.");
        }

        int[] classes = [.. labels.Skip(LabelHeader).Select(label => (int)label)];
        return new ImageData(images[ImageHeader..], classes, 1, height, classes.Max() + 1);
    }

    // Of several the training images'; the test images of a data set stay out of a search.
    private static string? Find(string[] files, string kind)
        => files.Where(file => Path.GetFileName(file).Contains(kind, StringComparison.Ordinal))
            .OrderByDescending(file => Path.GetFileName(file).Contains("train", StringComparison.Ordinal))
            .ThenBy(file => file, StringComparer.Ordinal)
            .FirstOrDefault();

    private static int Number(byte[] bytes, int place) => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(place));
}
