using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Comparison;

/// <summary>What a benchmark runs: every strategy on every context with every seed, at every budget.</summary>
/// <param name="Budgets">Label budgets, ascending.</param>
/// <param name="LabelsFrom">Which accuracies the labels are: one of <see cref="LabelSources"/>.</param>
public sealed record BenchmarkPlan(
    IReadOnlyList<BenchmarkContext> Contexts,
    IReadOnlyList<ISearchStrategy> Strategies,
    IReadOnlyList<int> Seeds,
    IReadOnlyList<int> Budgets,
    string LabelsFrom)
{
    /// <summary>Number of rows of the finished table.</summary>
    public int RowCount => Contexts.Count * Strategies.Count * Seeds.Count * Budgets.Count;

    /// <summary>Keys of all rows.</summary>
    public IEnumerable<BenchmarkKey> Keys =>
        from seed in Seeds
        from context in Contexts
        from strategy in Strategies
        from budget in Budgets
        select new BenchmarkKey(strategy.Name, context.Name, LabelsFrom, seed, budget);

    /// <summary>
    /// The runs that are missing: one for all budgets of an anytime strategy, one a budget of the others. By seed, so that a
    /// benchmark that is cut short has compared all strategies on the same seeds.
    /// </summary>
    /// <param name="isDone">Whether a row is there already.</param>
    internal IEnumerable<BenchmarkJob> Jobs(Func<BenchmarkKey, bool> isDone)
    {
        foreach (int seed in Seeds)
        {
            foreach (BenchmarkContext context in Contexts)
            {
                foreach (ISearchStrategy strategy in Strategies)
                {
                    int[] missing =
                        [.. Budgets.Where(budget => !isDone(new BenchmarkKey(strategy.Name, context.Name, LabelsFrom, seed, budget)))];
                    IEnumerable<int[]> runs = strategy.IsAnytime ? [missing] : missing.Select(budget => new[] { budget });
                    foreach (int[] budgets in runs.Where(budgets => budgets.Length > 0))
                    {
                        yield return new BenchmarkJob(strategy, context, seed, budgets);
                    }
                }
            }
        }
    }
}

/// <summary>One run to make.</summary>
/// <param name="Budgets">Budgets of the rows that the run gives, ascending; the run has the largest.</param>
internal sealed record BenchmarkJob(ISearchStrategy Strategy, BenchmarkContext Context, int Seed, int[] Budgets);
