namespace PelNas.Shared.Scoring.Accuracy;

/// <summary>The features of two sources, one after the other.</summary>
public sealed class JoinedFeatures(IFeatures first, IFeatures second) : IFeatures
{
    /// <inheritdoc/>
    public double[] this[int index] => [.. first[index], .. second[index]];
}
