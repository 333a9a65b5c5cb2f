using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Training;

/// <summary>
/// Trains whatever maps images to logits, epoch by epoch. An epoch depends on the state before it, the settings and its number alone, so
/// that one that was cut short is run again from a checkpoint to the same end.
/// </summary>
/// <param name="parameters">What is trained.</param>
/// <param name="split">The images.</param>
/// <param name="settings">How.</param>
internal sealed class TrainingLoop(IReadOnlyList<Tensor> parameters, ImageSplit split, TrainingSettings settings)
{
    private const int ValidationBatch = 256;
    private const double StatisticsMomentum = 0.1;

    private readonly BatchMaker _batches = new(split);

    /// <summary>What moves the parameters.</summary>
    public MomentumDescent Descent { get; } = new(parameters, settings);

    private int Steps => Math.Max(1, split.Training.Count / settings.BatchSize);

    /// <summary>Runs an epoch and returns the mean loss.</summary>
    /// <param name="epoch">Its number, from 0.</param>
    /// <param name="logits">The network as it trains: from images and the momentum of its running statistics.</param>
    /// <param name="cancellationToken">Cancels between two steps.</param>
    public double RunEpoch(int epoch, Func<Tensor, double, Tensor> logits, CancellationToken cancellationToken)
    {
        Random random = SeededRandom.For(settings.Seed, "train-epoch", epoch);
        int[] order = [.. Enumerable.Range(0, split.Training.Count)];
        random.Shuffle(order);
        double loss = 0;
        for (int step = 0; step < Steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            int first = step * settings.BatchSize;
            ImageBatch batch =
                _batches.Training(order.AsSpan(first, Math.Min(settings.BatchSize, order.Length - first)), random);

            // The first steps take the mean of those so far: a short training would else end with the statistics it began with.
            int done = (epoch * Steps) + step;
            Tensor output = nn.functional.cross_entropy(
                logits(batch.Images, Math.Max(StatisticsMomentum, 1.0 / (done + 1))), batch.Labels);
            Descent.Step(output, RateAt(done));
            loss += output.item<float>();
        }

        return loss / Steps;
    }

    /// <summary>Share of the validation images whose class has the greatest logit, percent.</summary>
    /// <param name="logits">The network as it is used.</param>
    public double Evaluate(Func<Tensor, Tensor> logits)
        => 100 * Enumerable.Range(0, split.Validation.Count).Chunk(ValidationBatch).Select(chunk => _batches.Validation(chunk))
            .Accuracy(logits);

    private double RateAt(int step) => 0.5 * settings.LearningRate * (1 + Math.Cos(Math.PI * step / (Steps * settings.Epochs)));
}
