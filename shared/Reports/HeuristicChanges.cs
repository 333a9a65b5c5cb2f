using PelNas.Shared.Records;

namespace PelNas.Shared.Reports;

/// <summary>
/// What became of design rules as the reasoner rewrote them, over all partitions and generations in which it was asked. A rule is the same
/// one when it says the same of the same edge and operation, or in the same words where it names neither.
/// </summary>
/// <param name="Stated">Rules that were new.</param>
/// <param name="Confirmed">Rules kept with as much confidence as before, or more.</param>
/// <param name="Weakened">Rules kept with less.</param>
/// <param name="Dropped">Rules that were given up.</param>
public sealed record HeuristicChanges(int Stated, int Confirmed, int Weakened, int Dropped)
{
    /// <summary>Counts the changes of a run.</summary>
    public static HeuristicChanges Of(RunContent content)
    {
        HeuristicChanges sum = new(0, 0, 0, 0);
        foreach (PartitionContent partition in content.Partitions)
        {
            Dictionary<object, double> before = [];
            foreach (HeuristicsRow row in partition.HeuristicsByGeneration.Where(row => row.Usage.Calls > 0))
            {
                Dictionary<object, double> now = row.Rules.GroupBy(Identity)
                    .ToDictionary(rules => rules.Key, rules => rules.Max(rule => rule.Confidence));
                int kept = now.Keys.Count(before.ContainsKey);
                int confirmed = now.Count(rule => before.TryGetValue(rule.Key, out double confidence) && rule.Value >= confidence);
                sum = new HeuristicChanges(
                    sum.Stated + now.Count - kept, sum.Confirmed + confirmed, sum.Weakened + kept - confirmed,
                    sum.Dropped + before.Count - kept);
                before = now;
            }
        }

        return sum;
    }

    private static object Identity(Heuristic rule)
        => (rule.Kind, rule.Edge, rule.Operation, rule.Edge is null && rule.Operation is null ? rule.Text : null);
}
