namespace PelNas.Shared.Torch.Training;

/// <summary>
/// How a network is trained: stochastic gradient descent with Nesterov's momentum, a learning rate that falls along a cosine, crops and
/// flips.
/// </summary>
public sealed record TrainingSettings
{
    /// <summary>Passes over the training images.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>Images of a step.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Learning rate of the first step.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Momentum.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Weight decay.</summary>
    public double WeightDecay { get; init; } = 5e-4;

    /// <summary>Seed of weights, order, crops and flips.</summary>
    public int Seed { get; init; } = 1;
}
