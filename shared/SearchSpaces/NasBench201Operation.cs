namespace PelNas.Shared.SearchSpaces;

/// <summary>The operations of <see cref="NasBench201"/>, numbered as in a genotype.</summary>
public enum NasBench201Operation
{
    /// <summary>No connection: zero comes out.</summary>
    None = 0,

    /// <summary>Identity.</summary>
    SkipConnect = 1,

    /// <summary>ReLU, 1x1 convolution, batch normalisation.</summary>
    Conv1x1 = 2,

    /// <summary>ReLU, 3x3 convolution, batch normalisation.</summary>
    Conv3x3 = 3,

    /// <summary>3x3 average pooling, stride 1.</summary>
    AvgPool3x3 = 4,
}
