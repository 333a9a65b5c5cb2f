using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Networks;

/// <summary>Batch normalisation by the statistics of the batch in hand, as in training.</summary>
/// <param name="Scale">[channels], 1 at the start.</param>
/// <param name="Shift">[channels], 0 at the start.</param>
internal sealed record Normalisation(Tensor Scale, Tensor Shift)
{
    private const double Epsilon = 1e-5;

    public static Normalisation Create(WeightSource weights, int channels) => new(weights.Constant(channels, 1), weights.Constant(channels, 0));

    // Without running statistics there is nothing for the momentum to move.
    public Tensor Apply(Tensor input) => nn.functional.batch_norm(input, null!, null!, Scale, Shift, training: true, momentum: 0, eps: Epsilon);
}
