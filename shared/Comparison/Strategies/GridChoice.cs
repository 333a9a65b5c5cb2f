using PelNas.Shared.Predictor;

namespace PelNas.Shared.Comparison.Strategies;

/// <summary>
/// Fixed shares of the variance; length scale and noise are those of a grid with the largest marginal likelihood.
/// </summary>
internal sealed class GridChoice(bool useScores) : IKernelChoice
{
    private const double SlopeShare = 0.1;
    private const double OwnShare = 0.05;
    private const double ScoreShare = 0.25;
    private const double ScoreLength = 2;

    private static readonly double[] PathLengths = [2, 4, 8, 16];
    private static readonly double[] NoiseShares = [0.003, 0.01, 0.03, 0.1];

    public KernelParameters Choose(Func<KernelParameters, double> logLikelihood)
    {
        double scores = useScores ? ScoreShare : 0;
        return (from length in PathLengths
                from noise in NoiseShares
                select new KernelParameters(
                    1 - SlopeShare - OwnShare - scores, length, SlopeShare, scores, ScoreLength, 0, OwnShare, noise))
            .MaxBy(logLikelihood)!;
    }
}
