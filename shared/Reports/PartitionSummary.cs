namespace PelNas.Shared.Reports;

/// <summary>One partition at the end of a search.</summary>
/// <param name="Id">Number of the partition.</param>
/// <param name="Rule">The rule its members keep.</param>
/// <param name="Size">Architectures that keep the rule.</param>
/// <param name="Evaluated">Labels paid for in it.</param>
/// <param name="Archive">Size of its archive.</param>
/// <param name="Heuristics">The last heuristics, most trusted first: <c>positive: ...</c> or <c>negative: ...</c>, and then the rule. Untrusted text.</param>
public sealed record PartitionSummary(int Id, string Rule, int Size, int Evaluated, int Archive, IReadOnlyList<string> Heuristics);
