namespace PelNas.Shared.Scoring.Accuracy;

/// <summary>What a predictor knows of an architecture before its label.</summary>
public interface IFeatures
{
    /// <summary>Features of one architecture, of about mean 0 and standard deviation 1. Not to be written to.</summary>
    double[] this[int index] { get; }
}
