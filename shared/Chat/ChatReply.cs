using PelNas.Shared.Storage;

namespace PelNas.Shared.Chat;

/// <summary>What came back from the proposer.</summary>
/// <param name="Answer">The parsed answer, or null when it could not be read.</param>
/// <param name="Text">The raw text. Untrusted.</param>
/// <param name="Problem">Why it could not be read, or null.</param>
/// <param name="Usage">What the call cost.</param>
public sealed record ChatReply<T>(T? Answer, string Text, string? Problem, ChatUsage Usage)
    where T : class;
