using PelNas.Shared.Torch.Loading;
using PelNas.Shared.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Training;

/// <summary>
/// Trains the network around a cell. Loads LibTorch. Computes on the calling thread alone, so that what comes of it depends on no number of
/// cores.
/// </summary>
/// <param name="split">The images.</param>
/// <param name="shape">The network's size.</param>
/// <param name="settings">How.</param>
public sealed class CellTrainer(ImageSplit split, NetworkShape shape, TrainingSettings settings, TimeProvider time)
{
    /// <summary>Trains a cell, or goes on where a training of it on the same images was cut short.</summary>
    /// <param name="genotype">Six operations.</param>
    /// <param name="checkpoint">File that is written after each epoch and gone on from; null for none.</param>
    /// <param name="progress">Receives each epoch, or null.</param>
    /// <param name="cancellationToken">Cancels between two steps.</param>
    public TrainedNetwork Train(
        ReadOnlySpan<byte> genotype, string? checkpoint, Action<TrainedEpoch>? progress, CancellationToken cancellationToken)
    {
        LibTorch.EnsureLoaded();

        // Kept by the thread, and the pool may have given another one.
        set_num_threads(1);
        using DisposeScope scope = NewDisposeScope();
        using WeightSource source = WeightSource.Uniform(settings.Seed);
        NetworkLayout layout = new(genotype, shape);

        // Cells that differ in skips and poolings alone have the same tensors, and so do two sets of images of one size.
        string order = checkpoint is null ? ""
            : $"{Convert.ToHexString(genotype)} {PelNasJson.Serialize(shape)} {PelNasJson.Serialize(settings)} {split.Training.Hash()}";
        MacroNetwork network = new(genotype, shape, source);
        TrainingLoop loop = new(network.Parameters, split, settings);
        List<TrainedEpoch> epochs = [];
        NetworkWeights? best = null;
        if (checkpoint is not null && Checkpoint.TryRead(checkpoint, layout, order) is { } before)
        {
            before.Restore(network, loop.Descent);
            epochs.AddRange(before.Epochs);
            best = before.Best;
        }

        while (epochs.Count < settings.Epochs)
        {
            long began = time.GetTimestamp();
            double loss = loop.RunEpoch(
                epochs.Count, (images, momentum) => network.Logits(images, new TrainingPass(momentum)), cancellationToken);
            double accuracy = loop.Evaluate(images => network.Logits(images, new EvaluationPass()));
            double bestBefore = epochs.Count == 0 ? double.NegativeInfinity : epochs.Max(epoch => epoch.Accuracy);
            epochs.Add(new TrainedEpoch(epochs.Count + 1, loss, accuracy, time.GetElapsedTime(began).TotalSeconds));
            best = accuracy > bestBefore ? network.Copy(layout) : best;
            if (checkpoint is not null && epochs.Count < settings.Epochs)
            {
                Checkpoint.Write(checkpoint, network, loop.Descent, layout, order, best!, epochs);
            }

            progress?.Invoke(epochs[^1]);
        }

        return new TrainedNetwork(epochs, network.Copy(layout), best!);
    }
}

/// <summary>An epoch of a training.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Loss">Mean loss of its steps.</param>
/// <param name="Accuracy">Validation accuracy after it, percent.</param>
/// <param name="Seconds">Seconds that it took.</param>
public sealed record TrainedEpoch(int Number, double Loss, double Accuracy, double Seconds);

/// <summary>What a training came to.</summary>
/// <param name="Last">Weights at its end.</param>
/// <param name="Best">Weights after the epoch of the best validation accuracy, the first of equal ones.</param>
public sealed record TrainedNetwork(IReadOnlyList<TrainedEpoch> Epochs, NetworkWeights Last, NetworkWeights Best)
{
    /// <summary>Validation accuracy at the end, percent: the label. The best epoch's would be chosen by what it is measured on.</summary>
    public double Accuracy => Epochs[^1].Accuracy;

    /// <summary>Seconds that it took.</summary>
    public double Seconds => Epochs.Sum(epoch => epoch.Seconds);
}
