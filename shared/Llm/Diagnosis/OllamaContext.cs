using System.Text.Json;
using Microsoft.Extensions.AI;
using OllamaSharp;
using OllamaSharp.Models;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.Llm.Providers;

namespace PelNas.Shared.Llm.Diagnosis;

/// <summary>
/// Whether an Ollama model has the context that it is asked to be loaded with: of a longer prompt it sees a part and does not say so.
/// </summary>
internal static class OllamaContext
{
    private const string What = "context";

    // Ollama names it after the model's family, for example llama.context_length.
    private const string Name = ".context_length";

    /// <summary>What was found; nothing with other providers.</summary>
    public static async Task<IReadOnlyList<Finding>> CheckAsync(
        IChatClient client, ChatProviderOptions options, CancellationToken cancellationToken)
    {
        if (client.GetService<IOllamaApiClient>() is not { } ollama)
        {
            return [];
        }

        try
        {
            ShowModelResponse? model = await ollama.ShowModelAsync(new ShowModelRequest { Model = options.Model }, cancellationToken);
            return [Judge(ContextOf(model), options.ContextTokens)];
        }
        catch (Exception exception) when (exception is ProviderStatusException or HttpRequestException or JsonException)
        {
            return [Judge(context: null, options.ContextTokens)];
        }
    }

    private static Finding Judge(int? context, int wanted) => context switch
    {
        null => new(What, Verdict.Warning, "the server does not state the model's context; "
            + "see to it that it is no smaller than docs/prompts.md states"),
        { } tokens when tokens < wanted => new(
            What, Verdict.Warning,
            $"the model takes {tokens} tokens, prompt and answer together, and is asked for {wanted} "
            + $"({ChatProviderOptions.Section}:ContextTokens); "
            + "what does not fit is cut off its prompts. Use a model with a larger context"),
        { } tokens => new(What, Verdict.Good, $"{wanted} tokens are requested, of {tokens} that the model takes"),
    };

    private static int? ContextOf(ShowModelResponse? model)
        => model?.Info?.ExtraInfo?.FirstOrDefault(member => member.Key.EndsWith(Name, StringComparison.Ordinal)).Value is { } value
            && int.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), out int tokens) ? tokens : null;
}
