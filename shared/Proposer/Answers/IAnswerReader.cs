namespace PelNas.Shared.Proposer.Answers;

/// <summary>Reads an answer out of untrusted text.</summary>
/// <typeparam name="TAnswer">What is read.</typeparam>
public interface IAnswerReader<TAnswer>
    where TAnswer : class
{
    /// <summary>Reads as much as can be read. Never throws on bad text.</summary>
    Reading<TAnswer> Read(string text);
}
