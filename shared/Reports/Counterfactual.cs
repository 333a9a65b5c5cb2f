using PelNas.Shared.Tables;

namespace PelNas.Shared.Reports;

/// <summary>
/// The same search without its proposer: no prior, no heuristics, and plain operators instead of proposals, with the same seed and number of
/// labels. Its labels come from the table and cost nothing.
/// </summary>
/// <param name="Labels">Labels that it had.</param>
/// <param name="PaidAlready">Labels among them that the search had paid for too.</param>
/// <param name="Metrics">How good its front is, measured as that of the search.</param>
public sealed record Counterfactual(int Labels, int PaidAlready, FrontQuality Metrics);
