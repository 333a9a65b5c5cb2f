using PelNas.Shared.Records;


namespace PelNas.Shared.Proposer;

/// <summary>What came back from the proposer.</summary>
/// <param name="Answer">The parsed answer, or null when it could not be read.</param>
/// <param name="Text">The raw text. Untrusted.</param>
/// <param name="Problem">Why it could not be read, or not in full; null when it could.</param>
/// <param name="Usage">What the call cost.</param>
/// <param name="Unusable">Why there is no answer, with a sample of what came; null when there is one.</param>
/// <param name="IsDeclined">Whether the provider or the model would not answer: asking again for the same is money lost.</param>
public sealed record ChatReply<T>(T? Answer, string Text, string? Problem, ChatUsage Usage, UnusableAnswers? Unusable = null, bool IsDeclined = false)
    where T : class;
