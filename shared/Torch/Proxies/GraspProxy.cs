using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Proxies;

/// <summary>
/// <c>grasp</c>: the sum over weights of -W * (H g), g the gradient and H the Hessian of the loss (Wang et al., ICLR 2020, equation 8;
/// Abdelfattah et al., ICLR 2021, equation 1). H g is the gradient of g' dL/dW with g held fixed. One batch, float32, batch normalisation
/// by the batch.
/// </summary>
internal sealed class GraspProxy : IZeroCostProxy
{
    public string Name => "grasp";

    // The pass, the graph of the gradients, and the second derivatives on their way through both: two passes are alive, and what the heap
    // loses between tensors that come and go in another order than that of the pass is more than that again.
    public double PassesInMemory => 4.6;

    public double PassesApart => 2.25;

    // Weights, gradients, second derivatives and their products, all in 32 bits.
    public int BytesOfParameter => 24;

    /// <summary>What the second derivative keeps is several times a pass: it is freed as it is read, and the pass with it.</summary>
    public bool FreesPass => true;

    public ProxyScore Score(ProxyRun run)
    {
        Tensor loss = run.Loss;
        Tensor[] weights = [.. run.UsedLayers.Select(layer => layer.Weight)];
        using DisposeScope scope = NewDisposeScope();
        return ProxyScore.Of(Score(loss, weights), NoScore.Gradients);
    }

    internal static double Score(Tensor loss, Tensor[] weights)
    {
        IList<Tensor> gradients = autograd.grad([loss], weights, retain_graph: true, create_graph: true);
        Tensor product = zeros(1, loss.dtype);
        foreach (Tensor gradient in gradients)
        {
            product = product.Plus((gradient.detach() * gradient).sum());
        }

        IList<Tensor> curvature = autograd.grad([product.sum()], weights);
        return -weights.Select((weight, i) => (weight * curvature[i]).Total()).Sum();
    }
}
