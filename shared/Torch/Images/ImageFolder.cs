namespace PelNas.Shared.Torch.Images;

/// <summary>
/// Reads labelled images from a folder in one of three forms: idx files as those of the MNIST family, CIFAR's binary version, or a folder
/// of images for each class. Needs no LibTorch.
/// </summary>
public static class ImageFolder
{
    /// <summary>Least images that can be trained and validated on.</summary>
    public const int MinImages = 20;

    /// <summary>What a folder may hold, for messages.</summary>
    internal const string Forms =
        "idx files (*-images-idx3-ubyte and *-labels-idx1-ubyte, gzipped or not), CIFAR's binary files, or a folder of PNG, JPEG or BMP "
            + "images for each class";

    /// <summary>Reads a folder's training images.</summary>
    /// <param name="side">Pixels of a side that they are brought to; null for the size that they have.</param>
    /// <param name="maxImages">Most images; they are drawn by the seed. Null for all.</param>
    /// <exception cref="ImageFolderException">The folder cannot be used.</exception>
    public static ImageData Read(string folder, int? side, int? maxImages, int seed)
    {
        try
        {
            ImageData data = IdxFiles.TryRead(folder) ?? CifarFiles.TryRead(folder) ?? ClassFolders.TryRead(folder, side, maxImages, seed)
                ?? throw new ImageFolderException($"The folder {folder} has no images that can be read: give one with {Forms}.");
            ImageData drawn = Draw(data, maxImages, seed);
            return drawn.Count >= MinImages && drawn.Classes >= 2
                ? drawn.Resize(side ?? drawn.Side)
                : throw new ImageFolderException(
                    $"The folder {folder} has {drawn.Count} images of {drawn.Classes} classes; {MinImages} images of two classes "
                        + "are the least.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new ImageFolderException($"The folder of images {folder} cannot be read: {exception.Message}", exception);
        }
    }

    private static ImageData Draw(ImageData data, int? maxImages, int seed)
    {
        if (!(data.Count > maxImages))
        {
            return data;
        }

        int[] places = [.. Enumerable.Range(0, data.Count)];
        SeededRandom.For(seed, "draw-images").Shuffle(places);
        return data.Take(places[..maxImages.Value]);
    }
}

/// <summary>A folder of images cannot be used. The message says why and what it should hold.</summary>
public sealed class ImageFolderException(string message, Exception? innerException = null) : Exception(message, innerException);
