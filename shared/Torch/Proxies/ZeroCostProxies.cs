namespace PelNas.Shared.Torch.Proxies;

/// <summary>The thirteen proxies of NAS-Bench-Suite-Zero (Krishnakumar et al., NeurIPS 2022, table 1).</summary>
public static class ZeroCostProxies
{
    private static readonly IZeroCostProxy[] All =
    [
        SummedProxy.Params,
        SummedProxy.Flops,
        SummedProxy.L2Norm,
        new SynflowProxy(),
        new NwotProxy(),
        SummedProxy.GradNorm,
        SummedProxy.Snip,
        SummedProxy.Plain,
        new FisherProxy(),
        new JacovProxy(),
        new EpeNasProxy(),
        new ZenProxy(),
        new GraspProxy(),
    ];

    /// <summary>Names, the cheap ones first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(proxy => proxy.Name)];

    /// <summary>
    /// Names of those that need no gradient of a batch, and so neither its time nor a deep network. They are what a search uses.
    /// </summary>
    public static IReadOnlyList<string> Cheap { get; } = ["params", "flops", "l2_norm", "synflow", "nwot"];

    internal static IZeroCostProxy Find(string name)
        => All.FirstOrDefault(proxy => proxy.Name == name)
            ?? throw new ArgumentException($"The proxy '{name}' is unknown; there are {string.Join(", ", Names)}.", nameof(name));
}
