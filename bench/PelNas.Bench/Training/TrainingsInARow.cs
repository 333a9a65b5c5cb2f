using System.Diagnostics;
using System.Globalization;
using PelNas.Bench.Load;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Torch.Images;
using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Training;
using TorchSharp;

namespace PelNas.Bench.Training;

/// <summary>The memory of one process that trains network after network, printed as a table while it runs.</summary>
internal static class TrainingsInARow
{
    private const int Rows = 10;

    // Coprime to the size of the space, as is its use in ProxiesInARow.
    private const int Stride = 7919;

    private static readonly NasBench201 Space = NasBench201.Instance;

    /// <summary>Trains networks of C = 8 and N = 1 for two epochs on images of a folder.</summary>
    public static void Run(TextWriter output, string images, int count, int maxImages)
    {
        ImageSplit split = ImageSplit.Of(ImageFolder.Read(images, side: null, maxImages, seed: 1), 1);
        NetworkShape shape = new(8, 1, split.Training.Side, split.Training.Classes, split.Training.Channels);
        CellTrainer trainer = new(split, shape, new TrainingSettings { Epochs = 2 }, TimeProvider.System);
        string checkpoint = Path.Combine(Path.GetTempPath(), $"trainings-in-a-row-{Environment.ProcessId}");
        output.WriteLine("| trainings | live tensors | resident MB | most so far, MB | processor s |\n|---|---|---|---|---|");
        for (int done = 0; done <= count; done++)
        {
            if (done % Math.Max(1, count / Rows) == 0)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {done} | {DisposeScopeManager.Statistics.ThreadTotalLiveCount} | {ProcessMemory.Resident():0} | {ProcessMemory.PeakResident():0} | {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:0} |"));
                output.Flush();
            }

            if (done < count)
            {
                trainer.Train(Space.Genotype((int)((long)done * Stride % Space.Size)), checkpoint, progress: null, CancellationToken.None);
                File.Delete(checkpoint);
            }
        }
    }
}
