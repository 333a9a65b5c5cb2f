using Microsoft.Extensions.AI;
using PelNas.Shared.Llm.Budget;

namespace PelNas.Shared.Llm.Providers;

/// <summary>
/// Has Ollama load the model with a context that prompt and answer fit into. Its own default is a few thousand tokens, and what does
/// not fit it leaves out of the prompt's beginning without a word.
/// </summary>
internal sealed class OllamaContextChatClient(IChatClient inner, int contextTokens) : DelegatingChatClient(inner)
{
    // The name under which OllamaSharp looks for it.
    private const string ContextOption = "num_ctx";

    // A model is loaded anew for each size, so that there should be few.
    private const int Step = 8192;

    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] prompt = [.. messages];
        ChatOptions sent = options?.Clone() ?? new ChatOptions();
        (sent.AdditionalProperties ??= [])[ContextOption] = Math.Max(contextTokens, Needed(TokenEstimate.Of(prompt, options)));
        return base.GetResponseAsync(prompt, sent, cancellationToken);
    }

    /// <summary>A whole number of steps. Other models' tokenizers need up to a quarter more tokens for the same text.</summary>
    private static int Needed(TokenEstimate estimate)
        => ((estimate.Input * 5 / 4) + estimate.Output + Step - 1) / Step * Step;
}
