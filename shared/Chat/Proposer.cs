using System.Text.Json;
using Microsoft.Extensions.AI;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Chat;

/// <summary>
/// Asks the proposer, whichever it is: the template is the system message, the payload the user message, the answer's JSON schema
/// the response format. A bad answer is data (<see cref="ChatReply{T}.Problem"/>), never an exception; a failed call is an exception,
/// for the activity's retry policy.
/// </summary>
public sealed class Proposer(IChatClient client)
{
    /// <summary>Name shown with every result: the provider, and the model where there is one.</summary>
    public string Name { get; } = NameOf(client);

    /// <summary>Whether the answers come from the rule-based stand-in and no LLM was asked.</summary>
    public bool IsOffline => Name == Offline.OfflineChatClient.ProviderName;

    /// <summary>Asks once.</summary>
    /// <param name="template">System prompt.</param>
    /// <param name="payload">User message, sent as JSON.</param>
    /// <param name="seed">Seed for providers that take one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <typeparam name="TPayload">Type of the payload.</typeparam>
    /// <typeparam name="TAnswer">Type of the answer, from which the schema is made.</typeparam>
    public async Task<ChatReply<TAnswer>> AskAsync<TPayload, TAnswer>(
        PromptTemplate template, TPayload payload, int seed, CancellationToken cancellationToken)
        where TAnswer : class
    {
        ArgumentNullException.ThrowIfNull(template);
        ChatMessage[] messages =
        [
            new(ChatRole.System, template.System),
            new(ChatRole.User, JsonSerializer.Serialize(payload, ChatJson.Options)),
        ];
        ChatOptions options = new()
        {
            Seed = seed,
            ResponseFormat = ChatResponseFormat.ForJsonSchema<TAnswer>(ChatJson.Options, typeof(TAnswer).Name),
        };
        ChatResponse response = await client.GetResponseAsync(messages, options, cancellationToken);
        ChatUsage usage = new(1, response.Usage?.InputTokenCount ?? 0, response.Usage?.OutputTokenCount ?? 0, 0);
        (TAnswer? answer, string? problem) = Parse<TAnswer>(response.Text);
        return new ChatReply<TAnswer>(answer, response.Text, problem, usage);
    }

    private static (T? Answer, string? Problem) Parse<T>(string text)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, ChatJson.Options) is { } answer
                ? (answer, null)
                : (null, "the answer was null");
        }
        catch (JsonException exception)
        {
            return (null, $"the answer is not JSON by the schema: {exception.Message}");
        }
    }

    private static string NameOf(IChatClient client)
    {
        ChatClientMetadata? metadata = client.GetService<ChatClientMetadata>();
        return (metadata?.ProviderName, metadata?.DefaultModelId) switch
        {
            ({ } provider, { } model) => $"{provider}/{model}",
            ({ } provider, null) => provider,
            _ => "unknown",
        };
    }
}
