using System.Text;
using Microsoft.Extensions.AI;

namespace PelNas.Shared.Llm.Budget;

/// <summary>
/// Between what the tokens of a call lie, by whatever tokenizer its provider counts. They are bounds and no estimates (those are
/// <see cref="TokenEstimate"/>): what is reserved at the upper ones keeps a limit, and a count outside them cannot be true.
/// </summary>
/// <param name="LeastInput">Fewest prompt tokens.</param>
/// <param name="MostInput">Most prompt tokens, answer schema included.</param>
/// <param name="MostOutput">Most answer tokens: the limit that is sent with the call.</param>
public sealed record TokenBounds(long LeastInput, long MostInput, long MostOutput)
{
    /// <summary>
    /// Bytes of UTF-8 that a token stands for at most. A vocabulary is finite and so has a longest entry: 128 bytes in those of GPT-2,
    /// cl100k and o200k and in those made from them. A text comes under this bound only if it consists of nothing but longest entries.
    /// </summary>
    public const int LongestToken = 128;

    // What chat templates put around each message and, as a preamble of their own, before the first.
    private const int PerMessage = 16;
    private const int PerPrompt = 512;

    /// <summary>
    /// The bounds of a call. Tokenizers fall back to bytes where they know nothing longer, so that no text has more tokens than bytes.
    /// </summary>
    /// <param name="prompt">What is sent. A schema counts only upwards: not every provider makes it part of the prompt.</param>
    /// <param name="options">Options with a limit of answer tokens.</param>
    /// <exception cref="ArgumentException">The answer has no limit, so that nobody can say what the call costs at most.</exception>
    public static TokenBounds Of(IReadOnlyCollection<ChatMessage> prompt, ChatOptions? options)
    {
        long most = options?.MaxOutputTokens
            ?? throw new ArgumentException("A call that is charged needs a limit of answer tokens; set MaxOutputTokens.", nameof(options));
        long bytes = prompt.Sum(message => (long)Encoding.UTF8.GetByteCount(message.Text));
        string schema = (options.ResponseFormat as ChatResponseFormatJson)?.Schema?.GetRawText() ?? "";
        long template = PerPrompt + ((long)PerMessage * prompt.Count);
        return new TokenBounds(Least(bytes), bytes + Encoding.UTF8.GetByteCount(schema) + template, most);
    }

    /// <summary>
    /// The tokens by the provider's count, or null where it gives none or one that contradicts itself or what was sent and received.
    /// </summary>
    public (long Input, long Output)? Confirm(ChatResponse response)
        => response.Usage is { InputTokenCount: { } input, OutputTokenCount: { } output } usage
            && input >= LeastInput && input <= MostInput
            && output >= Least(BytesOf(response)) && output <= MostOutput
            && IsPart(usage.CachedInputTokenCount, input)
            && IsPart(usage.ReasoningTokenCount, output)
            // The SDKs give 0 where the provider gives no total.
            && (usage.TotalTokenCount is null or 0 || usage.TotalTokenCount == input + output)
            ? (input, output) : null;

    /// <summary>Fewest tokens of so many bytes; one at least, since no call has an empty prompt and none an answer of nothing.</summary>
    private static long Least(long bytes) => Math.Max(1, (bytes + LongestToken - 1) / LongestToken);

    /// <summary>All that the model wrote: its answer, its refusal, and as much of its reasoning as is shown.</summary>
    private static long BytesOf(ChatResponse response) => response.Messages.SelectMany(message => message.Contents).Sum(BytesOf);

    private static long BytesOf(AIContent content) => content switch
    {
        TextContent { Text: { } text } => Encoding.UTF8.GetByteCount(text),
        TextReasoningContent { Text: { } text } => Encoding.UTF8.GetByteCount(text),
        ErrorContent { Message: { } text } => Encoding.UTF8.GetByteCount(text),
        _ => 0,
    };

    private static bool IsPart(long? part, long whole) => part is null || (part >= 0 && part <= whole);
}
