namespace PelNas.Shared.Torch.Images;

/// <summary>
/// Reads CIFAR's binary format: a record is the label (CIFAR-10: one byte; CIFAR-100: coarse and fine, one byte each) and 3,072 bytes,
/// 32 x 32 red, then green, then blue, row by row (cs.toronto.edu/~kriz/cifar.html).
/// </summary>
internal static class CifarFiles
{
    private const int Side = 32;
    private const int ImageBytes = 3 * Side * Side;

    /// <summary>The training images of a folder, or null where it has none of this form.</summary>
    public static ImageData? TryRead(string folder)
        => Read(folder, "data_batch_*.bin", 1, 10) ?? Read(folder, "train.bin", 2, 100);

    private static ImageData? Read(string folder, string pattern, int labelBytes, int classes)
    {
        byte[][] files = [.. Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        int record = labelBytes + ImageBytes;
        if (files.Length == 0)
        {
            return null;
        }

        if (files.Any(file => file.Length == 0 || file.Length % record != 0))
        {
            throw new ImageFolderException(
                $"The files {pattern} in {folder} are not of records of {record} bytes; give the folder of the data set's binary version.");
        }

        int count = files.Sum(file => file.Length / record);
        byte[] pixels = new byte[count * ImageBytes];
        int[] labels = new int[count];
        int image = 0;
        foreach (byte[] file in files)
        {
            for (int start = 0; start < file.Length; start += record, image++)
            {
                labels[image] = file[start + labelBytes - 1];
                file.AsSpan(start + labelBytes, ImageBytes).CopyTo(pixels.AsSpan(image * ImageBytes));
            }
        }

        return labels.Max() < classes
            ? new ImageData(pixels, labels, 3, Side, classes)
            : throw new ImageFolderException(
                $"The folder {folder} has an image of class {labels.Max()}, and there are {classes}: its files are not of this data set.");
    }
}
