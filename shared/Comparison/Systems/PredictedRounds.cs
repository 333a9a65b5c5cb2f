using PelNas.Shared.Comparison.Strategies;

namespace PelNas.Shared.Comparison.Systems;

/// <summary>
/// The loop of all systems that predict: label some random architectures, then round after round learn from the labels and label the
/// eight that the planner puts first. A planner that has nothing new to offer is helped out by chance.
/// </summary>
/// <param name="name">Name in command lines and results.</param>
/// <param name="founders">Random architectures that are labelled first.</param>
/// <param name="planner">What learns and chooses.</param>
internal sealed class PredictedRounds(string name, int founders, IRoundPlanner planner) : ISearchStrategy
{
    /// <summary>Labels of a round.</summary>
    public const int BatchSize = 8;

    public string Name => name;

    public Task SearchAsync(SearchTrial trial, CancellationToken cancellationToken)
    {
        Random random = trial.Random(Name);
        List<Individual> labelled = Individual.DrawPopulation(trial, founders, random);
        while (trial.Ledger.Remaining > 0 && trial.Ledger.Entries.Count < trial.FeasibleCount)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int before = labelled.Count;
            foreach (int index in planner.Plan(trial, labelled, BatchSize, random).Where(trial.IsOpen)
                .Take(trial.Ledger.Remaining).ToArray())
            {
                labelled.Add(Individual.Evaluate(trial, index));
            }

            if (labelled.Count == before)
            {
                labelled.Add(Individual.Evaluate(trial, trial.DrawOpen(random)));
            }
        }

        return Task.CompletedTask;
    }
}

/// <summary>Learns from labels and says which architectures to label next.</summary>
internal interface IRoundPlanner
{
    /// <summary>Distinct architectures, the most promising first. They have no label yet and the device can run them.</summary>
    /// <param name="trial">What may be known for free.</param>
    /// <param name="labelled">Architectures with latency (ms) and labelled error (points).</param>
    /// <param name="count">At most so many.</param>
    /// <param name="random">The run's generator.</param>
    IReadOnlyList<int> Plan(SearchTrial trial, IReadOnlyList<Individual> labelled, int count, Random random);
}
