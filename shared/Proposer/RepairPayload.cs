using PelNas.Shared.Records;

namespace PelNas.Shared.Proposer;

/// <summary>User message of the repair turn.</summary>
/// <param name="Prompt">Name and version of the turn.</param>
/// <param name="Problem">What is wrong with the answer as a whole, or null.</param>
/// <param name="Refused">Items that were refused, each with the reason.</param>
/// <param name="Count">How many more are wanted.</param>
/// <param name="Instruction">What to do: <see cref="PromptTemplate.Repair"/>.</param>
public sealed record RepairPayload(string Prompt, string? Problem, IReadOnlyList<RefusedItem> Refused, int Count, string Instruction)
{
    private const int MaxRefused = 16;
    private const int ProblemBytes = 240;

    /// <summary>Makes the message.</summary>
    public static RepairPayload Create(string? problem, IEnumerable<RejectedProposal> refused, int count) => new(
        PromptTemplate.Repair.Name,
        problem is null ? null : PromptText.Line(problem, ProblemBytes),
        [.. refused.Take(MaxRefused).Select(RefusedItem.Of)],
        count,
        PromptTemplate.Repair.System.TrimEnd());
}

/// <summary>An item that was refused.</summary>
/// <param name="Text">The item, cut.</param>
/// <param name="Reason">Why.</param>
public sealed record RefusedItem(string Text, string Reason)
{
    private const int TextBytes = 120;
    private const int ReasonBytes = 240;

    internal static RefusedItem Of(RejectedProposal proposal)
        => new(PromptText.Line(proposal.Text, TextBytes), PromptText.Line(proposal.Detail, ReasonBytes));
}
