namespace PelNas.Shared.Predictor;

/// <summary>
/// Hyperparameters of <see cref="FunctionKernel"/> and of the noise. Variances are shares of one overall variance, which the process
/// profiles out; lengths are in standard deviations of the features.
/// </summary>
/// <param name="PathVariance">Matern-3/2 on path features.</param>
/// <param name="PathLength">Its length scale.</param>
/// <param name="PathSlope">Linear term on path features.</param>
/// <param name="ScoreVariance">Matern-3/2 on training-free scores.</param>
/// <param name="ScoreLength">Its length scale.</param>
/// <param name="ScoreSlope">Linear term on training-free scores.</param>
/// <param name="OwnVariance">Part that a function shares with no other.</param>
/// <param name="NoiseVariance">What a cell's accuracy deviates from that of its function.</param>
/// <param name="OrderVariance">
/// Matern-3/2 on path features and those of the order along the paths together; 0 leaves the order unseen.
/// </param>
/// <param name="OrderLength">Its length scale.</param>
/// <param name="Headroom">
/// Points from the best label to the ceiling of the <see cref="AccuracyScale"/>; null for <see cref="AccuracyScale.Fixed"/>.
/// </param>
/// <param name="BeliefVariance">Matern-3/2 on what is believed before any label: a monotone or other bent use of it.</param>
/// <param name="BeliefLength">Its length scale.</param>
/// <param name="BeliefSlope">Linear term on it; 0 leaves beliefs unseen.</param>
public sealed record KernelParameters(
    double PathVariance,
    double PathLength,
    double PathSlope,
    double ScoreVariance,
    double ScoreLength,
    double ScoreSlope,
    double OwnVariance,
    double NoiseVariance,
    double OrderVariance = 0,
    double OrderLength = 1,
    double? Headroom = null,
    double BeliefVariance = 0,
    double BeliefLength = 1,
    double BeliefSlope = 0);

/// <summary>How hyperparameters are chosen from labels.</summary>
internal interface IKernelChoice
{
    /// <summary>Chooses.</summary>
    /// <param name="logLikelihood">
    /// Log marginal likelihood of the labels by hyperparameters, up to a constant; negative infinity where the covariance is not positive
    /// definite.
    /// </param>
    KernelParameters Choose(Func<KernelParameters, double> logLikelihood);
}
