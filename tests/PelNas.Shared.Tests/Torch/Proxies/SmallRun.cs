namespace PelNas.Shared.Tests.Torch.Proxies;

/// <summary>One small network being scored, with a dispose scope of its own.</summary>
internal sealed class SmallRun : IDisposable
{
    public const string Alive = "|nor_conv_3x3~0|+|skip_connect~0|nor_conv_1x1~1|+|avg_pool_3x3~0|nor_conv_3x3~1|skip_connect~2|";
    public const string Dead = "|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|none~0|none~1|none~2|";

    private readonly DisposeScope _scope;
    private readonly ProxyBatch _batch;

    public SmallRun(string cell, int seed = 1)
    {
        LibTorch.EnsureLoaded();
        torch.set_num_threads(1);
        _scope = torch.NewDisposeScope();
        Settings = Small with { Seed = seed };
        _batch = ProxyBatch.Of(Settings);
        Run = new ProxyRun(Genotype(cell), Settings, _batch, _scope);
    }

    public static ProxySettings Small => new() { Shape = new NetworkShape(4, 1, 16, 10), BatchSize = 16 };

    public ProxySettings Settings { get; }

    public ProxyRun Run { get; }

    public static byte[] Genotype(string cell)
    {
        NasBench201.Instance.TryParse(cell, out int index, out string? error).ShouldBeTrue(error);
        return NasBench201.Instance.Genotype(index).ToArray();
    }

    /// <summary>Multiplies every weight of convolutions and classifier; to be called before anything is computed.</summary>
    public SmallRun ScaleWeights(double factor)
    {
        using IDisposable noGradients = torch.no_grad();
        foreach (Layer layer in Run.Network.Layers)
        {
            layer.Weight.mul_(factor);
        }

        return this;
    }

    public void Dispose()
    {
        _batch.Dispose();
        _scope.Dispose();
    }
}
