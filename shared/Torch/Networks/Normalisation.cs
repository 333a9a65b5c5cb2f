using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Networks;

/// <summary>Batch normalisation.</summary>
/// <param name="Scale">[channels], 1 at the start.</param>
/// <param name="Shift">[channels], 0 at the start.</param>
/// <param name="Mean">[channels], the running mean, 0 at the start.</param>
/// <param name="Variance">[channels], the running variance, 1 at the start.</param>
internal sealed record Normalisation(Tensor Scale, Tensor Shift, Tensor Mean, Tensor Variance)
{
    private const double Epsilon = 1e-5;

    public static Normalisation Create(WeightSource weights, int channels) => new(
        weights.Constant(channels, 1), weights.Constant(channels, 0), weights.Constant(channels, 0).detach(),
        weights.Constant(channels, 1).detach());

    /// <summary>
    /// By the statistics of the batch in hand, which leave no trace. Without running statistics there is nothing for the momentum to move.
    /// </summary>
    public Tensor ApplyBatch(Tensor input)
        => nn.functional.batch_norm(input, null!, null!, Scale, Shift, training: true, momentum: 0, eps: Epsilon);

    /// <summary>By the statistics of the batch in hand, which move the running ones by a share, the momentum.</summary>
    public Tensor Train(Tensor input, double momentum)
        => nn.functional.batch_norm(input, Mean, Variance, Scale, Shift, training: true, momentum: momentum, eps: Epsilon);

    /// <summary>By the running statistics, as a network that is used does.</summary>
    public Tensor Evaluate(Tensor input)
        => nn.functional.batch_norm(input, Mean, Variance, Scale, Shift, training: false, momentum: 0, eps: Epsilon);
}
