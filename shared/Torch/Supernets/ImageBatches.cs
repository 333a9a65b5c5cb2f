using PelNas.Shared.Common;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>
/// Batches of a set of images. One half trains weights, the other the architecture and what is validated. Each pass over a half is in an
/// order of its own, and what is validated is drawn as well: batches of one class each would be normalised to nothing.
/// </summary>
/// <param name="images">All images.</param>
/// <param name="batchSize">Images of a batch.</param>
/// <param name="seed">Seed of the halves and orders.</param>
internal sealed class ImageBatches(ISupernetImages images, int batchSize, int seed)
{
    private readonly int[] _order = Shuffled([.. Enumerable.Range(0, images.Count)], seed, 0);
    private readonly int[]?[] _pass = new int[]?[2];
    private readonly long[] _drawn = new long[2];

    /// <summary>Batches drawn so far of each half; set to go on from there.</summary>
    public (long Weights, long Architecture) Drawn
    {
        get => (_drawn[0], _drawn[1]);
        set => (_drawn[0], _drawn[1], _pass[0], _pass[1]) = (value.Weights, value.Architecture, null, null);
    }

    /// <summary>The next batch to train weights with.</summary>
    public ImageBatch Weights() => Next(0);

    /// <summary>The next batch to train the architecture with.</summary>
    public ImageBatch Architecture() => Next(1);

    /// <summary>The same images of the second half each time, mixed.</summary>
    /// <param name="count">How many, at most.</param>
    public IEnumerable<ImageBatch> Validation(int count)
    {
        foreach (int[] chunk in Half(1).Take(count).Chunk(batchSize).Where(chunk => chunk.Length > 1))
        {
            yield return images.Load(chunk);
        }
    }

    private int[] Half(int half) => half == 0 ? _order[..(_order.Length / 2)] : _order[(_order.Length / 2)..];

    private ImageBatch Next(int half)
    {
        int perPass = Math.Max(1, (half == 0 ? _order.Length / 2 : _order.Length - (_order.Length / 2)) / batchSize);
        (long pass, long place) = Math.DivRem(_drawn[half]++, perPass);
        if (place == 0 || _pass[half] is null)
        {
            _pass[half] = Shuffled(Half(half), seed, (int)((pass * 2) + half + 1));
        }

        return images.Load(_pass[half]!.AsSpan((int)place * batchSize, Math.Min(batchSize, _pass[half]!.Length)).ToArray());
    }

    private static int[] Shuffled(int[] items, int seed, int place)
    {
        SeededRandom.For(seed, "supernet-images", place).Shuffle(items);
        return items;
    }
}

/// <summary>Images with labels, to be had by number.</summary>
public interface ISupernetImages
{
    /// <summary>Number of images.</summary>
    int Count { get; }

    /// <summary>Pixels of an image's side.</summary>
    int Side { get; }

    /// <summary>Channels of an image.</summary>
    int Channels { get; }

    /// <summary>Number of classes.</summary>
    int Classes { get; }

    /// <summary>Some of them, normalised.</summary>
    ImageBatch Load(int[] numbers);
}

/// <summary>Images and their classes.</summary>
/// <param name="Images">[batch, channels, side, side], float32.</param>
/// <param name="Labels">[batch], int64.</param>
public sealed record ImageBatch(Tensor Images, Tensor Labels);
