namespace PelNas.Shared.Predictor;

/// <summary>
/// The hyperparameters of largest posterior density under log-normal priors, found by a coordinate search with halved steps. With
/// the few labels of a search the marginal likelihood alone overfits; the priors are the same for every data set and device.
/// </summary>
internal sealed class PosteriorMode(bool usePaths, bool useScores, bool useBeliefs = false) : IKernelChoice
{
    private const int MaxSweeps = 30;
    private const double FirstStep = 0.6;
    private const double LastStep = 0.075;

    // Median and deviation of the logarithm, of standard deviations, length scales and the headroom in the order of KernelParameters.
    private static readonly (double Median, double LogDeviation)[] Priors =
        [(1, 0.5), (5, 0.5), (0.3, 0.7), (0.6, 0.6), (1.5, 0.5), (0.3, 0.7), (0.1, 0.7), (0.1, 0.7), (1, 0.5), (6, 0.5), (10, 0.4),
            (0.5, 1), (1.5, 0.5), (0.5, 1)];

    public KernelParameters Choose(Func<KernelParameters, double> logLikelihood)
    {
        int[] free = [.. Enumerable.Range(0, Priors.Length).Where(IsFree)];
        return Parameters(CoordinateAscent.Maximise(Density, Priors.Length, free, FirstStep, LastStep, MaxSweeps));

        double Density(double[] deviates) => logLikelihood(Parameters(deviates)) - (0.5 * deviates.Sum(deviate => deviate * deviate));
    }

    private bool IsFree(int parameter) => parameter switch
    {
        0 or 1 or 2 or 8 or 9 => usePaths,
        3 or 4 or 5 => useScores,
        11 or 12 or 13 => useBeliefs,
        _ => true,
    };

    /// <summary>The parameters at standard normal deviates of their logarithms.</summary>
    private KernelParameters Parameters(double[] deviates)
    {
        double[] values = [.. Priors.Select((prior, i) => prior.Median * Math.Exp(prior.LogDeviation * deviates[i]))];
        return new KernelParameters(
            usePaths ? Square(values[0]) : 0,
            values[1],
            usePaths ? Square(values[2]) : 0,
            useScores ? Square(values[3]) : 0,
            values[4],
            useScores ? Square(values[5]) : 0,
            Square(values[6]),
            Square(values[7]),
            usePaths ? Square(values[8]) : 0,
            values[9],
            values[10],
            useBeliefs ? Square(values[11]) : 0,
            values[12],
            useBeliefs ? Square(values[13]) : 0);
    }

    private static double Square(double value) => value * value;
}
