using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Training;

/// <summary>Images and their classes.</summary>
/// <param name="Images">[batch, channels, side, side], float32.</param>
/// <param name="Labels">[batch], int64.</param>
internal sealed record ImageBatch(Tensor Images, Tensor Labels);

/// <summary>Judges classifiers.</summary>
internal static class Classification
{
    /// <summary>Share of the images whose class has the greatest logit, 0 to 1. The batches are freed as they are judged.</summary>
    public static double Accuracy(this IEnumerable<ImageBatch> batches, Func<Tensor, Tensor> logits)
        => batches.Accuracies(1, images => [logits(images)])[0];

    /// <summary>The same of several classifiers that have most of their work in common.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="logits">The output of each for a batch.</param>
    public static double[] Accuracies(this IEnumerable<ImageBatch> batches, int count, Func<Tensor, IEnumerable<Tensor>> logits)
    {
        using IDisposable untracked = no_grad();
        long[] right = new long[count];
        long all = 0;
        foreach (ImageBatch batch in batches)
        {
            using DisposeScope scope = NewDisposeScope();
            scope.Attach(batch.Images.DetachFromDisposeScope());
            scope.Attach(batch.Labels.DetachFromDisposeScope());
            foreach ((int place, Tensor output) in logits(batch.Images).Index())
            {
                right[place] += output.argmax(1).eq(batch.Labels).sum().item<long>();
            }

            all += batch.Labels.shape[0];
        }

        return Array.ConvertAll(right, number => number / (double)all);
    }
}
