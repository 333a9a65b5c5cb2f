namespace PelNas.Shared.Torch.Proxies;

/// <summary>A number that is computed from an untrained network and correlates with the accuracy of the trained one.</summary>
internal interface IZeroCostProxy
{
    /// <summary>One pass that is kept and gradients in hand, what glibc's heap loses between them included.</summary>
    const double PassAndGradients = 1.75;

    /// <summary>The name that NAS-Bench-Suite-Zero gives it.</summary>
    string Name { get; }

    /// <summary>The pass that proxies share is gone once this one has scored, so that it has to be the last.</summary>
    bool FreesPass => false;

    /// <summary>
    /// The memory it takes at most, in forward passes over the batch all of whose outputs are kept.
    /// </summary>
    double PassesInMemory => PassAndGradients;

    /// <summary>
    /// The same of those outputs that are kept apart from the heap (<see cref="Loading.NativeHeap.KeepLargeTensorsApart"/>).
    /// </summary>
    double PassesApart => PassesInMemory;

    /// <summary>
    /// Bytes it takes for a parameter of the network at most: weights in 32 and in 64 bits, and gradients of each, unless a proxy says
    /// otherwise.
    /// </summary>
    int BytesOfParameter => 40;

    /// <summary>Scores the network of a run. The caller holds a dispose scope.</summary>
    ProxyScore Score(ProxyRun run);
}
