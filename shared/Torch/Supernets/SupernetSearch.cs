using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Torch.Images;
using PelNas.Shared.Torch.Loading;
using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>
/// The loop of all systems that search with images: step after step until the time is spent, a checkpoint after each epoch, then the choice
/// of a cell. The same order goes on from its checkpoint. Computes on the calling thread alone.
/// </summary>
/// <param name="order">What to do.</param>
/// <param name="time">Clock of the minutes: that of the wall, or one of processor time.</param>
public sealed class SupernetSearch(SupernetOrder order, ImageData images, TimeProvider time)
{
    private const int CurveImages = 1024;

    /// <summary>Runs or continues a search.</summary>
    /// <param name="checkpoint">File of the state.</param>
    /// <param name="told">Receives each epoch as it ends; null for nobody.</param>
    /// <param name="judged">Cells to score when the search is over.</param>
    /// <param name="cancellationToken">Cancels between two steps; what came after the last checkpoint is lost.</param>
    /// <exception cref="LibTorchException">LibTorch cannot be loaded here.</exception>
    /// <exception cref="SupernetCheckpointException">The checkpoint is damaged or of another order.</exception>
    public SupernetOutcome Run(
        string checkpoint, Action<SupernetEpoch>? told, IReadOnlyList<byte[]> judged, CancellationToken cancellationToken)
    {
        LibTorch.EnsureLoaded();
        set_num_threads(1);
        NetworkShape shape = new(order.Channels, order.CellsPerStage, images.Side, images.Classes, images.Channels);
        ImageBatches batches = new(ImageSplit.Of(images, order.Seed), order.BatchSize, order.Seed);
        using ISupernetMethod method = SupernetMethods.Create(order.Name, shape, order.Seed);
        SupernetProgress progress = SupernetCheckpoint.TryRead(checkpoint, order, method.State)
            ?? new SupernetProgress(order, 0, 0, 0, 0, []);
        batches.Drawn = (progress.DrawnWeights, progress.DrawnArchitecture);
        if (progress.Epochs.Count > 0)
        {
            method.EndEpoch();
        }

        double processorBefore = progress.CoreMinutes - Environment.CpuUsage.TotalTime.TotalMinutes;
        long last = time.GetTimestamp();
        while (progress.Minutes < order.Minutes)
        {
            double minutes = progress.Minutes;
            double loss = 0;
            int steps = 0;
            for (; steps < method.StepsPerEpoch && minutes < order.Minutes; steps++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using DisposeScope scope = NewDisposeScope();
                loss += method.Step(batches, minutes / order.Minutes);
                long now = time.GetTimestamp();
                minutes += time.GetElapsedTime(last, now).TotalMinutes;
                last = now;
            }

            double cores = processorBefore + Environment.CpuUsage.TotalTime.TotalMinutes;
            SupernetEpoch epoch = new(progress.Epochs.Count + 1, steps, minutes, cores, loss / steps, method.EndEpoch());
            progress = progress with
            {
                Minutes = minutes,
                CoreMinutes = cores,
                DrawnWeights = batches.Drawn.Weights,
                DrawnArchitecture = batches.Drawn.Architecture,
                Epochs = [.. progress.Epochs, epoch],
            };
            SupernetCheckpoint.Write(checkpoint, progress, method.State);
            told?.Invoke(epoch);
        }

        using DisposeScope ending = NewDisposeScope();
        byte[] cell = method.Find(batches, SeededRandom.For(order.Seed, "supernet-find"));
        IReadOnlyDictionary<string, double>[] scores =
            [.. judged.Select(other => (IReadOnlyDictionary<string, double>)Score(method, other, batches))];
        return new SupernetOutcome(
            cell, Collapse(cell), progress.Epochs, processorBefore + Environment.CpuUsage.TotalTime.TotalMinutes,
            (method as GradientMethod)?.Anytime(batches, CurveImages) ?? [], scores);
    }

    /// <summary>What is wrong with a cell that a search should not end in, in a few words; null for nothing.</summary>
    internal static string? Collapse(ReadOnlySpan<byte> cell)
    {
        byte[] live = LiveCell.Of(cell);
        return !LiveCell.IsAlive(live) ? "collapsed: no path from input to output"
            : LiveCell.Count(live, NasBench201Operation.Conv1x1) + LiveCell.Count(live, NasBench201Operation.Conv3x3) == 0
            ? "collapsed: no parametric operation"
            : null;
    }

    private static Dictionary<string, double> Score(ISupernetMethod method, byte[] cell, ImageBatches batches)
    {
        using DisposeScope scope = NewDisposeScope();
        return method.Score(cell, batches).ToDictionary(score => score.Name, score => score.Value);
    }
}

/// <summary>What to search with and for how long.</summary>
/// <param name="Name">One of <see cref="SupernetMethods.Names"/>.</param>
/// <param name="Seed">Seed of weights, halves, orders and choices.</param>
/// <param name="Minutes">Minutes of training, by the clock that the search goes by.</param>
/// <param name="Channels">C of the network.</param>
/// <param name="CellsPerStage">N of the network.</param>
/// <param name="BatchSize">Images of a batch.</param>
public sealed record SupernetOrder(string Name, int Seed, double Minutes, int Channels, int CellsPerStage, int BatchSize, string Images);

/// <summary>An epoch: the steps between two checkpoints.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Minutes">Minutes of training by its end.</param>
/// <param name="CoreMinutes">Minutes of processor time by its end.</param>
/// <param name="Loss">Mean loss.</param>
/// <param name="Alphas">What the method thinks of each operation of each edge, [6][5]; null when it does not think so.</param>
public sealed record SupernetEpoch(int Number, int Steps, double Minutes, double CoreMinutes, double Loss, IReadOnlyList<double[]>? Alphas);

/// <summary>What a search found.</summary>
/// <param name="Cell">Six operations.</param>
/// <param name="Collapsed">What is wrong with the cell, or null.</param>
/// <param name="Epochs">How it went.</param>
/// <param name="CoreMinutes">Minutes of processor time.</param>
/// <param name="Anytime">Validation accuracy at each exit of the supernet, cheapest first; empty without exits.</param>
/// <param name="Scores">Scores of the cells that were to be judged.</param>
public sealed record SupernetOutcome(
    IReadOnlyList<byte> Cell,
    string? Collapsed,
    IReadOnlyList<SupernetEpoch> Epochs,
    double CoreMinutes,
    IReadOnlyList<double> Anytime,
    IReadOnlyList<IReadOnlyDictionary<string, double>> Scores);
