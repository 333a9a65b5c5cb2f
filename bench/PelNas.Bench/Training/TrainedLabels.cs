using System.Globalization;
using MathNet.Numerics.Statistics;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;
using PelNas.Shared.Torch.Images;
using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Training;

namespace PelNas.Bench.Training;

/// <summary>
/// How labels by training rank cells: against the validation accuracies of CIFAR-10 in the benchmark's table, and between two seeds. The
/// cells are drawn at random from those with a live path.
/// </summary>
internal static class TrainedLabels
{
    private const int Channels = 8;
    private const int CellsPerStage = 1;

    public static void Run(TextWriter output, string images, int count, int maxImages, int epochs)
    {
        NasBench201 space = NasBench201.Instance;
        int[] order = [.. Enumerable.Range(0, space.Size).Where(space.IsConnected)];
        new Random(1).Shuffle(order);
        int[] cells = order[..count];
        BenchmarkContext table = BenchmarkTables.OpenDefault().GetContext("cifar10", "fpga");
        double[][] accuracies =
        [
            Train(output, images, cells, maxImages, epochs, seed: 1),
            Train(output, images, cells, maxImages, epochs, seed: 2),
        ];
        double[] known = [.. cells.Select(cell => table.ValidationAccuracy[cell])];
        double[] flops = [.. cells.Select(cell => space.FlopsM(cell))];
        output.WriteLine(
            FormattableString.Invariant($"C {Channels}, N {CellsPerStage}, {epochs} epochs, {maxImages} images, {count} cells"));
        for (int seed = 0; seed < accuracies.Length; seed++)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"seed {seed + 1}: with CIFAR-10's table {Correlation.Spearman(accuracies[seed], known):0.000}, with FLOPs "
                    + $"{Correlation.Spearman(accuracies[seed], flops):0.000}"));
        }

        output.WriteLine(FormattableString.Invariant($"between the seeds: {Correlation.Spearman(accuracies[0], accuracies[1]):0.000}"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"mean of both with CIFAR-10's table: "
                + $"{Correlation.Spearman(accuracies[0].Zip(accuracies[1], (a, b) => a + b), known):0.000}; FLOPs with CIFAR-10's table: "
                + $"{Correlation.Spearman(flops, known):0.000}"));
    }

    private static double[] Train(TextWriter output, string images, int[] cells, int maxImages, int epochs, int seed)
    {
        ImageSplit split = ImageSplit.Of(ImageFolder.Read(images, side: null, maxImages, seed), seed);
        NetworkShape shape = new(Channels, CellsPerStage, split.Training.Side, split.Training.Classes, split.Training.Channels);
        CellTrainer trainer = new(split, shape, new TrainingSettings { Epochs = epochs, Seed = seed }, TimeProvider.System);
        return [.. cells.Select(cell =>
        {
            TrainedNetwork trained = trainer.Train(
                NasBench201.Instance.Genotype(cell), checkpoint: null, progress: null, CancellationToken.None);
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture,
                    $"{seed},{cell},{trained.Accuracy:0.00},{trained.Seconds:0.0},{Environment.WorkingSet / 1e6:0}"));
            output.Flush();
            return trained.Accuracy;
        })];
    }
}
