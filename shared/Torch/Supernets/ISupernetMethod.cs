using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>A system's way to search with images. The loop that calls it, the images and the checkpoints are common to all.</summary>
internal interface ISupernetMethod : IDisposable
{
    /// <summary>Steps between two checkpoints.</summary>
    int StepsPerEpoch { get; }

    /// <summary>All that has to be kept to go on, in an order of its own; the tensors stay the same ones.</summary>
    IReadOnlyList<Tensor> State { get; }

    /// <summary>One step of training.</summary>
    /// <param name="batches">Where images come from.</param>
    /// <param name="progress">Share of the time that is spent, 0 to 1.</param>
    /// <returns>The loss.</returns>
    double Step(ImageBatches batches, double progress);

    /// <summary>Called after each epoch, and once when the method goes on from a checkpoint.</summary>
    /// <returns>What the method thinks of each operation of each edge, [6][5]; null when it does not think so.</returns>
    double[][]? EndEpoch();

    /// <summary>What the method thinks of a cell; more is better. The first is what it decides by, others are parts of it.</summary>
    IReadOnlyList<(string Name, double Value)> Score(byte[] cell, ImageBatches batches);

    /// <summary>The cell that it chooses.</summary>
    byte[] Find(ImageBatches batches, Random random);
}
