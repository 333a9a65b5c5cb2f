using Microsoft.Extensions.AI;
using Microsoft.ML.Tokenizers;

namespace PelNas.Shared.Llm.Budget;

/// <summary>What a call may come to before it is made: the prompt's tokens as o200k counts them, and the longest answer allowed.</summary>
/// <param name="Input">Prompt tokens, answer schema included.</param>
/// <param name="Output">Most answer tokens.</param>
public sealed record TokenEstimate(int Input, int Output)
{
    // What chat formats put around each message and around the whole.
    private const int PerMessage = 4;
    private const int PerPrompt = 16;

    // The longest answer of a call that sets no limit.
    private const int UnlimitedOutput = 16_384;

    private static readonly Lazy<TiktokenTokenizer> Tokenizer = new(() => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    /// <summary>Tokens of a text by the o200k encoding, that of the current OpenAI models. Other models count differently.</summary>
    public static int CountTokens(string text) => Tokenizer.Value.CountTokens(text);

    /// <summary>Estimates a call.</summary>
    public static TokenEstimate Of(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        string schema = (options?.ResponseFormat as ChatResponseFormatJson)?.Schema?.GetRawText() ?? "";
        return new TokenEstimate(
            messages.Sum(message => CountTokens(message.Text) + PerMessage) + CountTokens(schema) + PerPrompt,
            options?.MaxOutputTokens ?? UnlimitedOutput);
    }
}
