namespace PelNas.Shared.Comparison.Strategies;

/// <summary>Where the architectures that a run of pel-nas labelled came from; means over runs in a summary.</summary>
/// <param name="Seed">Drawn for the seed population.</param>
/// <param name="Proposer">Crossovers and mutations of the proposer.</param>
/// <param name="Operators">Made by the plain operators for lack of usable proposals.</param>
/// <param name="Predictor">Added because the predictor found them promising.</param>
/// <param name="Prior">Named by the prior for the seed population.</param>
public sealed record LabelOrigins(double Seed, double Proposer, double Operators, double Predictor, double Prior)
{
    /// <summary>The means of some runs, or null when one says nothing of origins.</summary>
    public static LabelOrigins? Mean(IReadOnlyCollection<LabelOrigins?> runs)
    {
        LabelOrigins[] known = [.. runs.OfType<LabelOrigins>()];
        return known.Length == 0 || known.Length < runs.Count
            ? null
            : new(known.Average(run => run.Seed), known.Average(run => run.Proposer), known.Average(run => run.Operators),
                known.Average(run => run.Predictor), known.Average(run => run.Prior));
    }
}
