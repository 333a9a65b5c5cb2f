using PelNas.Shared.Torch.Training;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>
/// Batches of a set of images. One half of those to train on is for the weights, the other for the architecture. Each pass over a half is
/// in an order of its own, and what is validated is mixed as well: batches of one class each would be normalised to nothing.
/// </summary>
/// <param name="split">The images.</param>
/// <param name="batchSize">Images of a batch.</param>
/// <param name="seed">Seed of orders, crops and flips.</param>
internal sealed class ImageBatches(ImageSplit split, int batchSize, int seed)
{
    private readonly BatchMaker _maker = new(split);
    private readonly int[]?[] _pass = new int[]?[2];
    private readonly int[] _drawn = new int[2];

    /// <summary>Batches drawn so far of each half; set to go on from there.</summary>
    public (int Weights, int Architecture) Drawn
    {
        get => (_drawn[0], _drawn[1]);
        set => (_drawn[0], _drawn[1], _pass[0], _pass[1]) = (value.Weights, value.Architecture, null, null);
    }

    /// <summary>The next batch to train weights with.</summary>
    public ImageBatch Weights() => Next(0);

    /// <summary>The next batch to train the architecture with.</summary>
    public ImageBatch Architecture() => Next(1);

    /// <summary>The same validation images each time.</summary>
    /// <param name="count">How many, at most.</param>
    public IEnumerable<ImageBatch> Validation(int count)
    {
        foreach (int[] chunk in Enumerable.Range(0, Math.Min(count, split.Validation.Count)).Chunk(batchSize)
            .Where(chunk => chunk.Length > 1))
        {
            yield return _maker.Validation(chunk);
        }
    }

    private ImageBatch Next(int half)
    {
        int middle = split.Training.Count / 2;
        int size = half == 0 ? middle : split.Training.Count - middle;
        (int pass, int place) = Math.DivRem(_drawn[half], Math.Max(1, size / batchSize));
        if (place == 0 || _pass[half] is null)
        {
            _pass[half] = [.. Enumerable.Range(half * middle, size)];
            SeededRandom.For(seed, "supernet-images", half, pass).Shuffle(_pass[half]!);
        }

        Random random = SeededRandom.For(seed, "supernet-crops", half, _drawn[half]++);
        return _maker.Training(_pass[half]!.AsSpan(place * batchSize, Math.Min(batchSize, size)), random);
    }
}
