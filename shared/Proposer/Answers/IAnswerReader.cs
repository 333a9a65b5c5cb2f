using PelNas.Shared.Records;

namespace PelNas.Shared.Proposer.Answers;

/// <summary>Reads an answer out of untrusted text.</summary>
/// <typeparam name="TAnswer">What is read.</typeparam>
public interface IAnswerReader<TAnswer>
    where TAnswer : class
{
    /// <summary>Reads as much as can be read. Never throws on bad text.</summary>
    Reading<TAnswer> Read(string text);
}

/// <summary>What was read of an answer.</summary>
/// <param name="Answer">The answer, or null when nothing could be read.</param>
/// <param name="Problem">What is wrong with it as a whole, in one sentence, or null.</param>
/// <typeparam name="TAnswer">What is read.</typeparam>
public sealed record Reading<TAnswer>(TAnswer? Answer, string? Problem)
    where TAnswer : class
{
    /// <summary>Why there is no answer; null when there is one.</summary>
    public UnusableKind? Unusable { get; init; }

    /// <summary>What the model said, without its thoughts. Untrusted.</summary>
    public string Visible { get; init; } = "";
}
