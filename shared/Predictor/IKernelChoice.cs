namespace PelNas.Shared.Predictor;

/// <summary>How hyperparameters are chosen from labels.</summary>
internal interface IKernelChoice
{
    /// <summary>Chooses.</summary>
    /// <param name="logLikelihood">Log marginal likelihood of the labels by hyperparameters, up to a constant; negative infinity where the covariance is not positive definite.</param>
    KernelParameters Choose(Func<KernelParameters, double> logLikelihood);
}
