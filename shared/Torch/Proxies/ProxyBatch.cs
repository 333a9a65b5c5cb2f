using PelNas.Shared.Torch.Images;

using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Proxies;

/// <summary>The images and labels that a network is shown. One batch serves every network of a table.</summary>
internal sealed class ProxyBatch : IDisposable
{
    private const int ImagesPerClass = 4;

    private ProxyBatch(Tensor images, long[] labels)
    {
        Images = images;
        Labels = labels;
        LabelTensor = tensor(labels);
    }

    /// <summary>[batch, 3, resolution, resolution], float32.</summary>
    public Tensor Images { get; }

    /// <summary>The class of each image.</summary>
    public IReadOnlyList<long> Labels { get; }

    /// <summary><see cref="Labels"/>, int64.</summary>
    public Tensor LabelTensor { get; }

    /// <summary>The batch that settings ask for.</summary>
    /// <exception cref="ImageFolderException">The folder of images cannot be used.</exception>
    public static ProxyBatch Of(ProxySettings settings)
        => settings.Images is null ? Noise(settings) : FromImages(ProxyImages.Of(settings), settings.Shape.Resolution);

    public void Dispose()
    {
        Images.Dispose();
        LabelTensor.Dispose();
    }

    /// <summary>
    /// Standard normal images. Their labels go round through the classes, and through no more of them than leaves four images to each,
    /// since EPE-NAS compares images of a class.
    /// </summary>
    private static ProxyBatch Noise(ProxySettings settings)
    {
        int side = settings.Shape.Resolution;
        using Generator generator = new((ulong)settings.Seed, CPU);
        int classes = Math.Max(1, Math.Min(settings.Shape.Classes, settings.BatchSize / ImagesPerClass));
        return new ProxyBatch(
            randn([settings.BatchSize, 3, side, side], generator: generator),
            [.. Enumerable.Range(0, settings.BatchSize).Select(i => (long)(i % classes))]);
    }

    private static ProxyBatch FromImages(ProxyImages images, int side)
        => new(tensor(images.Pixels, [images.Labels.Length, 3, side, side]), images.Labels);
}
