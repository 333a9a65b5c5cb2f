using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Networks;

/// <summary>
/// Keeps what the proxies look at afterwards, which is kept for the gradients anyway.
/// </summary>
/// <param name="scope">Keeps it until it ends.</param>
internal sealed class RecordingPass(DisposeScope scope) : ForwardPass
{
    private readonly List<(Layer Layer, Tensor Output)> _outputs = [];
    private readonly List<(Tensor Output, int Uses)> _rectified = [];

    /// <summary>The outputs of convolutions and of the classifier, before normalisation.</summary>
    public IReadOnlyList<(Layer Layer, Tensor Output)> Outputs => _outputs;

    /// <summary>Outputs of ReLUs without gradients, each with the number of ReLUs that it stands for.</summary>
    public IReadOnlyList<(Tensor Output, int Uses)> Rectified => _rectified;

    public override Tensor Apply(Layer layer, Tensor input)
    {
        Tensor output = Keep(base.Apply(layer, input));
        _outputs.Add((layer, output));
        return output;
    }

    public override Tensor Rectify(Tensor input, int uses)
    {
        Tensor output = base.Rectify(input, uses);
        _rectified.Add((Keep(output.detach()), uses));
        return output;
    }

    private Tensor Keep(Tensor tensor)
    {
        scope.Attach(tensor.DetachFromDisposeScope());
        return tensor;
    }
}
