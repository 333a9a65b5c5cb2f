namespace PelNas.Shared.Torch.Proxies;

/// <summary>Why an architecture has no score, where several proxies have the same reason.</summary>
internal static class NoScore
{
    public const string Gradients = "the gradients are not finite";

    public const string NoPath = "no path leads from the input to the output: the output is the same for every image";
}
