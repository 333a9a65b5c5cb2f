namespace PelNas.Shared.Torch.Proxies;

/// <summary>What a proxy says of an architecture: a finite number, or no score and why.</summary>
/// <param name="Value">The score, or null. More is better, except where the proxy's documentation says otherwise.</param>
/// <param name="WhyNone">Why there is none; null when there is one.</param>
public readonly record struct ProxyScore(double? Value, string? WhyNone)
{
    /// <summary>A score, or none with a reason when the number is not finite.</summary>
    internal static ProxyScore Of(double value, string whyNotFinite) => double.IsFinite(value) ? new(value, null) : None(whyNotFinite);

    /// <summary>No score.</summary>
    internal static ProxyScore None(string reason) => new(null, reason);
}

/// <summary>Why an architecture has no score, where several proxies have the same reason.</summary>
internal static class NoScore
{
    public const string Gradients = "the gradients are not finite";

    public const string NoPath = "no path leads from the input to the output: the output is the same for every image";
}
