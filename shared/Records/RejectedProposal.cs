namespace PelNas.Shared.Records;

/// <summary>A proposal that the validator refused.</summary>
/// <param name="Text">What was proposed, cut to 200 characters. Untrusted text.</param>
/// <param name="Reason">One of the codes <c>illegal</c>, <c>duplicate</c>, <c>infeasible</c>, <c>outside-partition</c>, <c>over-constraint</c>.</param>
/// <param name="Detail">One sentence for people and for the proposer's next turn.</param>
public sealed record RejectedProposal(string Text, string Reason, string Detail);
