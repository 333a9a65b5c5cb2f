using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>A classifier after each stage of a supernet, so that it can answer early.</summary>
internal sealed class Exits : IDisposable
{
    private readonly Supernet _supernet;
    private readonly Layer[] _early;

    public Exits(Supernet supernet, int seed)
    {
        using WeightSource weights = WeightSource.Uniform(seed);
        using DisposeScope scope = NewDisposeScope();
        _supernet = supernet;
        NetworkShape shape = supernet.Shape;
        _early = [.. Enumerable.Range(0, MacroNetwork.Stages - 1)
            .Select(stage => Layer.Linear(weights, 1000 + stage, shape.Channels << stage, shape.Classes))];
        Parameters =
            [.. _early.SelectMany(layer => new[] { layer.Weight, layer.Bias! }).Select(parameter => parameter.DetachFromDisposeScope())];
    }

    /// <summary>Weights and biases of the early classifiers.</summary>
    public IReadOnlyList<Tensor> Parameters { get; }

    /// <summary>Mean cross-entropy over the exits.</summary>
    public Tensor Loss(ImageBatch batch)
        => stack([.. Logits(batch.Images).Select(logits => nn.functional.cross_entropy(logits, batch.Labels))]).mean();

    /// <summary>Share of images that each exit classifies rightly, the earliest first.</summary>
    public IReadOnlyList<double> Accuracies(IEnumerable<ImageBatch> batches) => batches.Accuracies(MacroNetwork.Stages, Logits);

    public void Dispose() => Parameters.DisposeAll();

    /// <summary>The output of each exit, [batch, classes].</summary>
    private IEnumerable<Tensor> Logits(Tensor images)
    {
        ForwardPass pass = new();
        Tensor x = images;
        for (int stage = 0; stage < MacroNetwork.Stages; stage++)
        {
            x = _supernet.Network.Stage(stage, x, pass);
            yield return stage < _early.Length
                ? _early[stage].Apply(nn.functional.relu(x).mean([2, 3]))
                : _supernet.Network.Classify(_supernet.Network.Head(x, pass), pass);
        }
    }
}
