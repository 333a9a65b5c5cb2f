namespace PelNas.Shared.Torch.Networks;

/// <summary>What a tensor of a network is.</summary>
public enum NetworkTensorKind
{
    /// <summary>Weight of a convolution or of the classifier.</summary>
    Weight,

    /// <summary>Bias of the classifier.</summary>
    Bias,

    /// <summary>Scale of a batch normalisation.</summary>
    Scale,

    /// <summary>Shift of a batch normalisation.</summary>
    Shift,

    /// <summary>Running mean of a batch normalisation. Training moves it, but not by gradients.</summary>
    RunningMean,

    /// <summary>Running variance of a batch normalisation. Training moves it, but not by gradients.</summary>
    RunningVariance,
}

/// <summary>A tensor of a network, float32.</summary>
/// <param name="Name">Its name in every format, which is PyTorch's of the module that is exported.</param>
/// <param name="FanIn">Inputs of one output; 0 of a normalisation.</param>
public sealed record NetworkTensor(string Name, NetworkTensorKind Kind, IReadOnlyList<int> Shape, int FanIn)
{
    /// <summary>Number of elements.</summary>
    public int Count => Shape.Aggregate(1, (product, size) => product * size);

    /// <summary>Whether it counts as a parameter.</summary>
    public bool IsParameter => Kind is not (NetworkTensorKind.RunningMean or NetworkTensorKind.RunningVariance);
}
