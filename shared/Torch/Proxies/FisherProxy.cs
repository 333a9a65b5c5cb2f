using PelNas.Shared.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Proxies;

/// <summary>
/// <c>fisher</c>: the sum over channels of 1/2 E_n[(sum over pixels of z * dL/dz)^2], z a layer's output (Theis et al., 2018, equation 8;
/// Turner et al., BlockSwap, ICLR 2020, equation 2). A channel counts once for each weight it has, as in Abdelfattah et al.
/// (ICLR 2021, equation 3 and their code). One batch, float32, batch normalisation by the batch.
/// </summary>
internal sealed class FisherProxy : IZeroCostProxy
{
    public string Name => "fisher";

    // The pass, and the gradients of all outputs.
    public double PassesInMemory => 2.75;

    public double PassesApart => 1.75;

    public ProxyScore Score(ProxyRun run)
    {
        (Layer Layer, Tensor Output)[] outputs = [.. run.UsedOutputs];
        Tensor loss = run.Loss;

        // The gradients of all outputs are as large as the pass itself; nothing else needs them.
        using DisposeScope scope = NewDisposeScope();
        IList<Tensor> gradients = autograd.grad([loss], [.. outputs.Select(output => output.Output)], retain_graph: true);
        return ProxyScore.Of(outputs.Select((output, i) => Score(output.Layer, output.Output, gradients[i])).Sum(), NoScore.Gradients);
    }

    private static double Score(Layer layer, Tensor output, Tensor gradient)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor terms = output.detach() * gradient;
        Tensor perChannel = terms.dim() > 2 ? terms.sum([2, 3]) : terms;
        return layer.FanIn * 0.5 * (perChannel * perChannel).mean([0]).Total();
    }
}
