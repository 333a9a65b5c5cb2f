namespace PelNas.Shared.Records;

/// <summary>How much one search may ask for.</summary>
public static class RequestLimits
{
    /// <summary>Most generations.</summary>
    public const int MaxGenerations = 1000;

    /// <summary>Most labels.</summary>
    public const int MaxLabels = 2000;

    /// <summary>Most proposals per partition and generation.</summary>
    public const int MaxProposals = 64;
}
