namespace PelNas.Shared.Scoring.ZeroCost.Torch.Proxies;

/// <summary>A number that is had of an untrained network and goes with the accuracy of the trained one.</summary>
internal interface IZeroCostProxy
{
    /// <summary>The name that NAS-Bench-Suite-Zero gives it.</summary>
    string Name { get; }

    /// <summary>The pass that proxies share is gone once this one has scored, so that it has to be the last.</summary>
    bool FreesPass => false;

    /// <summary>Scores the network of a run. The caller holds a dispose scope.</summary>
    ProxyScore Score(ProxyRun run);
}
