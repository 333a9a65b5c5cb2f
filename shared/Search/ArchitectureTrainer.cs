using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PelNas.Shared.Export;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Shared.Torch.Images;
using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Training;

namespace PelNas.Shared.Search;

/// <summary>
/// The step <c>TrainArchitecture</c>: trains the network around one cell for its label and keeps the weights. A step that is cut short
/// goes on from the last epoch's checkpoint, and one that runs again after its label was written does nothing.
/// </summary>
public sealed partial class ArchitectureTrainer(
    RunContexts contexts, LabelRepository labels, TrainingFolder folder, ImagesRoot root,
    TimeProvider time, ILogger<ArchitectureTrainer>? logger = null)
{
    private const int SplitCapacity = 2;

    // Each takes one core. What a network of the default size takes of memory, some 200 MB, is there for as many.
    private static readonly SemaphoreSlim Gate = new(Environment.ProcessorCount);

    private readonly ILogger _logger = logger ?? NullLogger<ArchitectureTrainer>.Instance;
    private readonly OldestFirstCache<(string Images, int? Side, int? MaxImages, int Seed), ImageSplit> _splits = new(SplitCapacity);

    /// <summary>Trains a cell and returns the seconds that it took.</summary>
    /// <exception cref="ImageFolderException">The folder of images cannot be used any more.</exception>
    public async Task<double> TrainAsync(string runId, int index, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, generation: 0, cancellationToken);
        LabelRow asked = await labels.FindAsync(runId, index, cancellationToken)
            ?? throw new ArgumentException($"The run {runId} has not requested the label of {index}.", nameof(index));
        if (asked.IsTold())
        {
            return asked.Seconds ?? 0;
        }

        await Gate.WaitAsync(cancellationToken);
        try
        {
            TrainedNetwork trained = await Task.Run(() => Train(context, index, cancellationToken), cancellationToken);

            // It is paid for: it is kept even when the step has been cancelled meanwhile.
            LabelRow? told = await labels.ChangeAsync(
                runId, index,
                label => label.IsTold() ? null : label with
                {
                    Accuracy = trained.Accuracy,
                    Seconds = trained.Seconds,
                    ToldAt = time.GetUtcNow(),
                }, CancellationToken.None);
            File.Delete(folder.CheckpointOf(runId, index));
            return told!.Seconds ?? 0;
        }
        finally
        {
            Gate.Release();
        }
    }

    private TrainedNetwork Train(RunContext context, int index, CancellationToken cancellationToken)
    {
        (string runId, SearchRequest request) = (context.Run.RunId, context.Request);
        TrainingRequest training = request.Labels!.Training!;
        ImageSplit split = _splits.GetOrAdd(
            (training.Images, request.Labels.ImageSize, training.MaxImages, request.Seed),
            () => ImageSplit.Of(
                ImageFolder.Read(root.Resolve(training.Images), request.Labels.ImageSize, training.MaxImages, request.Seed), request.Seed));
        NetworkShape shape = new(
            training.Channels, training.CellsPerStage, split.Training.Side, split.Training.Classes, split.Training.Channels);
        TrainingSettings settings = new() { Epochs = training.Epochs, BatchSize = training.BatchSize, Seed = request.Seed };
        TrainedNetwork trained = new CellTrainer(split, shape, settings, time).Train(
            context.Space.Genotype(index),
            folder.CheckpointOf(runId, index),
            epoch => LogEpoch(runId, index, epoch.Number, training.Epochs, epoch.Loss, epoch.Accuracy, epoch.Seconds),
            cancellationToken);
        SafetensorsFile.Write(folder.WeightsOf(runId, index), trained.Last, new ExportedCell(index, shape).Metadata);
        return trained;
    }

    [LoggerMessage(LogLevel.Information,
        "{RunId}, cell {Index}: epoch {Epoch} of {Epochs}, loss {Loss:0.000}, validation accuracy {Accuracy:0.00} %, {Seconds:0.0} s.")]
    private partial void LogEpoch(string runId, int index, int epoch, int epochs, double loss, double accuracy, double seconds);
}

/// <summary>The folder that checkpoints and weights of trained networks lie in.</summary>
/// <param name="Path">The folder; created when it is needed.</param>
public sealed record TrainingFolder(string Path)
{
    /// <summary>Weights of a cell that a search has trained.</summary>
    public string WeightsOf(string runId, int index) => Of(runId, index, ".safetensors");

    /// <summary>Checkpoint of a training in hand.</summary>
    public string CheckpointOf(string runId, int index) => Of(runId, index, ".checkpoint");

    /// <summary>Another file about a cell of a search.</summary>
    public string Of(string runId, int index, string ending)
    {
        RunIds.Check(runId);
        string run = System.IO.Path.Combine(Path, runId);
        Directory.CreateDirectory(run);
        return System.IO.Path.Combine(run, $"{index}{ending}");
    }
}
