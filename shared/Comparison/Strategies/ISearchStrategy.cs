namespace PelNas.Shared.Comparison.Strategies;

/// <summary>
/// A way to search for a Pareto front under a budget of labels. What it finds is what it has labelled: the comparison measures the
/// labelled architectures of the trial's <see cref="LabelLedger"/> and nothing that the strategy says.
/// </summary>
public interface ISearchStrategy
{
    /// <summary>Name in command lines and results.</summary>
    string Name { get; }

    /// <summary>
    /// Whether the first n labels of a run are those of a run with budget n, for every n. One run then stands for all smaller budgets.
    /// </summary>
    bool IsAnytime => true;

    /// <summary>Who proposes architectures, as results name it; null for a strategy without a proposer.</summary>
    string? Proposer => null;

    /// <summary>Why the strategy cannot run in this process, in a few sentences that say what to do; null when it can.</summary>
    string? WhyNot() => null;

    /// <summary>
    /// Searches until the budget is spent or nothing is left to try. Deterministic: the same trial gives the same labels.
    /// </summary>
    Task SearchAsync(SearchTrial trial, CancellationToken cancellationToken);
}
