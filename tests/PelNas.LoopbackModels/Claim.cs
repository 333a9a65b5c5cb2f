namespace PelNas.LoopbackModels;

/// <summary>
/// What an answer says of its tokens instead of the truth: each count as the JSON that goes over the wire, null where it is left out.
/// </summary>
/// <param name="Input">Prompt tokens.</param>
/// <param name="Output">Answer tokens.</param>
/// <param name="Total">Their sum. Ollama has no such count.</param>
/// <param name="Cached">Prompt tokens from the provider's cache. Ollama has no such count.</param>
/// <param name="Reasoning">Answer tokens of reasoning. Ollama has no such count.</param>
/// <param name="Whole">The <c>usage</c> object itself, instead of one made of the counts. Ollama has no such object.</param>
public sealed record Claim(
    string? Input = null, string? Output = null, string? Total = null, string? Cached = null, string? Reasoning = null,
    string? Whole = null);
