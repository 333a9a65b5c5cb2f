using PelNas.Shared.Torch.Images;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Training;

/// <summary>Makes batches of normalised images.</summary>
/// <param name="split">The images; both parts are normalised by the training images' moments.</param>
internal sealed class BatchMaker(ImageSplit split)
{
    // As of the benchmark's training on CIFAR: four pixels of 32.
    private readonly int _padding = Math.Max(1, split.Training.Side / 8);

    /// <summary>Training images, each shifted and perhaps mirrored at random; what a shift leaves empty is the mean.</summary>
    public ImageBatch Training(ReadOnlySpan<int> places, Random random)
    {
        ImageData data = split.Training;
        float[] pixels = new float[places.Length * data.ImageBytes];
        for (int i = 0; i < places.Length; i++)
        {
            int down = random.Next(-_padding, _padding + 1);
            int right = random.Next(-_padding, _padding + 1);
            Write(data, places[i], pixels.AsSpan(i * data.ImageBytes, data.ImageBytes), down, right, isMirrored: random.Next(2) == 1);
        }

        return ToTensors(data, places, pixels);
    }

    /// <summary>Validation images as they are.</summary>
    public ImageBatch Validation(ReadOnlySpan<int> places)
    {
        ImageData data = split.Validation;
        float[] pixels = new float[places.Length * data.ImageBytes];
        for (int i = 0; i < places.Length; i++)
        {
            Write(data, places[i], pixels.AsSpan(i * data.ImageBytes, data.ImageBytes), 0, 0, isMirrored: false);
        }

        return ToTensors(data, places, pixels);
    }

    private void Write(ImageData data, int place, Span<float> target, int down, int right, bool isMirrored)
    {
        int side = data.Side;
        ReadOnlySpan<byte> source = data.Pixels.AsSpan(place * data.ImageBytes, data.ImageBytes);
        for (int channel = 0; channel < data.Channels; channel++)
        {
            (float mean, float deviation) = (split.Means[channel], split.Deviations[channel]);
            int plane = channel * side * side;
            for (int y = Math.Max(0, down); y < Math.Min(side, side + down); y++)
            {
                for (int x = Math.Max(0, right); x < Math.Min(side, side + right); x++)
                {
                    int column = isMirrored ? side - 1 - (x - right) : x - right;
                    target[plane + (y * side) + x] = (source[plane + ((y - down) * side) + column] - mean) / deviation;
                }
            }
        }
    }

    private static ImageBatch ToTensors(ImageData data, ReadOnlySpan<int> places, float[] pixels)
    {
        long[] labels = new long[places.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = data.Labels[places[i]];
        }

        return new ImageBatch(tensor(pixels, [places.Length, data.Channels, data.Side, data.Side]), tensor(labels));
    }
}
