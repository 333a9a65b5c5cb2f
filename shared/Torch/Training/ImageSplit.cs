using PelNas.Shared.Torch.Images;

namespace PelNas.Shared.Torch.Training;

/// <summary>Images to train on and others to validate on.</summary>
/// <param name="Validation">Images to validate on, in no order of classes.</param>
/// <param name="Means">Mean of each channel of the training images, 0 to 255.</param>
/// <param name="Deviations">Their standard deviation.</param>
public sealed record ImageSplit(ImageData Training, ImageData Validation, IReadOnlyList<float> Means, IReadOnlyList<float> Deviations)
{
    private const int ValidationShare = 5;

    /// <summary>Splits by the seed: a fifth is to validate on.</summary>
    public static ImageSplit Of(ImageData images, int seed)
    {
        int[] places = [.. Enumerable.Range(0, images.Count)];
        SeededRandom.For(seed, "split-images").Shuffle(places);
        int validation = images.Count / ValidationShare;
        ImageData training = images.Take(places[validation..]);
        (float Mean, float Deviation)[] channels = [.. Enumerable.Range(0, images.Channels).Select(channel => Moments(training, channel))];
        return new ImageSplit(training, images.Take(places[..validation]), [.. channels.Select(moments => moments.Mean)],
            [.. channels.Select(moments => moments.Deviation)]);
    }

    /// <summary>Mean and standard deviation of a channel, 0 to 255.</summary>
    internal static (float Mean, float Deviation) Moments(ImageData images, int channel)
    {
        int plane = images.Side * images.Side;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < images.Count; i++)
        {
            foreach (byte value in images.Pixels.AsSpan((i * images.ImageBytes) + (channel * plane), plane))
            {
                sum += value;
                squares += value * value;
            }
        }

        double count = (double)images.Count * plane;
        double mean = sum / count;
        return ((float)mean, (float)Math.Sqrt(Math.Max(1, (squares / count) - (mean * mean))));
    }
}
