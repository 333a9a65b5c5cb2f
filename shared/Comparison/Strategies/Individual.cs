namespace PelNas.Shared.Comparison.Strategies;

/// <summary>An architecture with its objectives.</summary>
/// <param name="Objectives">Latency (ms) and error (points), both minimised.</param>
internal sealed record Individual(int Index, double[] Objectives)
{
    public static Individual Evaluate(SearchTrial trial, int index) => new(index, trial.Evaluate(index));

    /// <summary>Labels distinct architectures drawn uniformly from the space, as many as requested or as the budget allows.</summary>
    public static List<Individual> DrawPopulation(SearchTrial trial, int size, Random random)
    {
        List<Individual> population = [];
        while (population.Count < size && trial.Ledger.Remaining > 0 && trial.Ledger.Entries.Count < trial.FeasibleCount)
        {
            int index = random.Next(trial.Space.Size);
            if (!trial.IsOpen(index))
            {
                trial.CountRefused(index);
                continue;
            }

            population.Add(Evaluate(trial, index));
        }

        return population;
    }
}
