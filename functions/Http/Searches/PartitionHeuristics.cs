using PelNas.Shared.Records;


namespace PelNas.Functions.Http.Searches;

/// <summary>The answer to <c>GET /searches/{id}/partitions/{partition}/heuristics</c>.</summary>
/// <param name="Id">Run id.</param>
/// <param name="Partition">Number of the partition.</param>
/// <param name="Rule">The rule that the partition's members keep.</param>
/// <param name="Proposer">Who wrote the heuristics; <c>offline</c> is a rule-based stand-in.</param>
/// <param name="Generation">Generation that wrote them.</param>
/// <param name="Generations">All generations that wrote some.</param>
/// <param name="Heuristics">The heuristics with their evidence, most trusted first.</param>
public sealed record PartitionHeuristics(
    string Id, int Partition, string Rule, string Proposer, int Generation, IReadOnlyList<int> Generations, IReadOnlyList<Heuristic> Heuristics);
