namespace PelNas.Shared.Partitioning;

/// <summary>One partition of a search's plan.</summary>
/// <param name="Id">Number of the partition, from 0.</param>
/// <param name="Rule">The rule that its members keep, as shown to people and to the proposer.</param>
/// <param name="Size">Number of architectures that keep the rule.</param>
public sealed record PartitionPlan(int Id, string Rule, int Size);
