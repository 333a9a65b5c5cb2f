using PelNas.Bench.Load;
using PelNas.Shared.Torch.Images;
using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Training;

namespace PelNas.Bench.Training;

/// <summary>The memory of one process that trains network after network.</summary>
internal static class TrainingsInARow
{
    /// <summary>Trains networks of C = 8 and N = 1 for two epochs on images of a folder.</summary>
    public static void Run(TextWriter output, string images, int count, int maxImages)
    {
        ImageSplit split = ImageSplit.Of(ImageFolder.Read(images, side: null, maxImages, seed: 1), 1);
        NetworkShape shape = new(8, 1, split.Training.Side, split.Training.Classes, split.Training.Channels);
        CellTrainer trainer = new(split, shape, new TrainingSettings { Epochs = 2 }, TimeProvider.System);
        string checkpoint = Path.Combine(Path.GetTempPath(), $"trainings-in-a-row-{Environment.ProcessId}");
        InARow.Run(output, "trainings", count, rows: 10, genotype =>
        {
            trainer.Train(genotype, checkpoint, progress: null, CancellationToken.None);
            File.Delete(checkpoint);
        });
    }
}
