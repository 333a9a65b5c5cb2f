using PelNas.Shared.Storage;

namespace PelNas.Shared.Chat;

/// <summary>User message of the repair turn.</summary>
/// <param name="Prompt">Name and version of the turn.</param>
/// <param name="Problem">What is wrong with the answer as a whole, or null.</param>
/// <param name="Refused">Items that were refused, each with the reason.</param>
/// <param name="Count">How many more are wanted.</param>
/// <param name="Instruction">What to do.</param>
public sealed record RepairPayload(string Prompt, string? Problem, IReadOnlyList<RefusedItem> Refused, int Count, string Instruction)
{
    private const int MaxRefused = 16;
    private const int TextLimit = 120;

    /// <summary>Makes the message.</summary>
    public static RepairPayload Create(string? problem, IEnumerable<RejectedProposal> refused, int count) => new(
        "repair.v1",
        problem,
        [.. refused.Take(MaxRefused).Select(item => new RefusedItem(UntrustedText.Line(item.Text, TextLimit), item.Detail))],
        count,
        "Your last answer could not be used in full, for the reasons above. Answer again, with 'count' new items by the same JSON schema and nothing else. Keep to the rule of the partition, and repeat nothing.");
}
