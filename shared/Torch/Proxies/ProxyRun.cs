using PelNas.Shared.Torch.Networks;
using TorchSharp;

using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Proxies;

/// <summary>
/// One architecture being scored. What several proxies need is computed when the first asks and shared: one forward pass over the batch,
/// the gradients of the loss, the gradients of the outputs by the inputs. Ask for these before opening a dispose scope or switching
/// gradients off: what is shared has to outlive the proxy that asked first.
/// </summary>
internal sealed class ProxyRun
{
    private readonly DisposeScope _scope;
    private readonly Lazy<MacroNetwork> _network;
    private readonly Lazy<(RecordingPass Pass, Tensor Logits)> _forward;
    private readonly Lazy<Tensor> _loss;
    private readonly Lazy<IReadOnlyList<LayerGradient>> _gradients;
    private readonly Lazy<Tensor> _jacobian;

    public ProxyRun(byte[] genotype, ProxySettings settings, ProxyBatch batch, DisposeScope scope)
    {
        _scope = scope;
        Genotype = genotype;
        Settings = settings;
        Batch = batch;
        Images = batch.Images.detach().requires_grad_();
        _network = new(() => Build(WeightSource.Uniform(settings.Seed)));
        _forward = new(RunForward);
        _loss = new(() => nn.functional.cross_entropy(Logits, batch.LabelTensor));
        _gradients = new(ComputeGradients);
        _jacobian = new(ComputeJacobian);
    }

    public byte[] Genotype { get; }

    public ProxySettings Settings { get; }

    public ProxyBatch Batch { get; }

    /// <summary>[batch, 3, resolution, resolution], with gradients.</summary>
    public Tensor Images { get; }

    /// <summary>The network with PyTorch's default weights.</summary>
    public MacroNetwork Network => _network.Value;

    /// <summary>The network's layers that its output is computed with.</summary>
    public IEnumerable<Layer> UsedLayers => Network.Layers.Where(layer => layer.IsUsed);

    /// <summary>The network over the batch, normalised by the batch's statistics.</summary>
    public RecordingPass Pass => _forward.Value.Pass;

    /// <summary>The layers that the output is computed with, in the order of the pass, and what each put out.</summary>
    public IEnumerable<(Layer Layer, Tensor Output)> UsedOutputs => Pass.Outputs.Where(output => output.Layer.IsUsed);

    /// <summary>[batch, classes].</summary>
    public Tensor Logits => _forward.Value.Logits;

    /// <summary>Mean cross-entropy over the batch.</summary>
    public Tensor Loss => _loss.Value;

    /// <summary>Gradients of <see cref="Loss"/> by the weights of the layers that the output is computed with.</summary>
    public IReadOnlyList<LayerGradient> Gradients => _gradients.Value;

    /// <summary>[batch, 3 x resolution x resolution], float64: the gradient of the sum of an image's outputs by the image.</summary>
    public Tensor Jacobian => _jacobian.Value;

    /// <summary>Another network of the same cell and shape.</summary>
    public MacroNetwork Build(WeightSource weights)
    {
        using (weights)
        {
            return new MacroNetwork(Genotype, Settings.Shape, weights);
        }
    }

    private (RecordingPass Pass, Tensor Logits) RunForward()
    {
        RecordingPass pass = new(_scope);
        return (pass, Network.Logits(Images, pass));
    }

    private IReadOnlyList<LayerGradient> ComputeGradients()
    {
        Layer[] layers = [.. UsedOutputs.Select(output => output.Layer)];
        IList<Tensor> gradients = autograd.grad([Loss], [.. layers.Select(layer => layer.Weight)], retain_graph: true);
        return [.. layers.Zip(gradients, (layer, gradient) => new LayerGradient(layer, gradient))];
    }

    private Tensor ComputeJacobian()
        => autograd.grad([Logits.sum()], [Images], retain_graph: true)[0].flatten(1).to(ScalarType.Float64);
}

/// <summary>The gradients of the loss at a layer.</summary>
/// <param name="WeightGradient">As <see cref="Layer.Weight"/>.</param>
internal sealed record LayerGradient(Layer Layer, Tensor WeightGradient);
