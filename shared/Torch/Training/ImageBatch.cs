using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Training;

/// <summary>Images and their classes.</summary>
/// <param name="Images">[batch, channels, side, side], float32.</param>
/// <param name="Labels">[batch], int64.</param>
internal sealed record ImageBatch(Tensor Images, Tensor Labels);

/// <summary>Judges a classifier.</summary>
internal static class Classification
{
    /// <summary>Share of the images whose class has the greatest logit, 0 to 1. The batches are freed as they are judged.</summary>
    public static double Accuracy(this IEnumerable<ImageBatch> batches, Func<Tensor, Tensor> logits)
    {
        using IDisposable untracked = no_grad();
        long right = 0;
        long all = 0;
        foreach (ImageBatch batch in batches)
        {
            using DisposeScope scope = NewDisposeScope();
            scope.Attach(batch.Images.DetachFromDisposeScope());
            scope.Attach(batch.Labels.DetachFromDisposeScope());
            right += logits(batch.Images).argmax(1).eq(batch.Labels).sum().item<long>();
            all += batch.Labels.shape[0];
        }

        return right / (double)all;
    }
}
