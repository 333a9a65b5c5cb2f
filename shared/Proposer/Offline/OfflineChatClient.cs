using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.AI;
using PelNas.Shared.Llm;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Proposer.Offline;

/// <summary>
/// A rule-based stand-in for an LLM: no network, no model. It reads the same payloads and answers in the same format, so that a
/// search runs anywhere and exercises the same path. Its rules are statistics of the payload's own results; it knows no table.
/// Every result made with it names <see cref="ChatProviders.Offline"/> as the proposer.
/// </summary>
/// <remarks>The answer depends on the messages and <see cref="ChatOptions.Seed"/> alone.</remarks>
/// <param name="space">The space that it proposes from.</param>
/// <param name="find">Finds another space by the name that a payload gives; null where there are none.</param>
public sealed class OfflineChatClient(ISearchSpace space, Func<string, ISearchSpace>? find = null)
    : LocalChatClient(Named, ModelPrice.Free(ChatProviders.Offline))
{
    private static readonly ChatClientMetadata Named = new(ChatProviders.Offline);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The last message is not a payload of one of the prompts.</exception>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using Activity? span = ChatSpans.Start(Named, AnswerSources.Offline);
        string document = messages.Last().Text;
        int seed = unchecked((int)(options?.Seed ?? 0));
        string answer = PromptOf(document) switch
        {
            "reasoner.v4" or "reasoner-decisions.v1" =>
                Answer<ReasonerPayload, ReasonerAnswer>(document, payload => OfflineReasoner.Answer(SpaceOf(payload.Space), payload)),
            "architect.v5" or "architect-decisions.v1" => Answer<ArchitectPayload, ArchitectAnswer>(
                document, payload => new OfflineArchitect(SpaceOf(payload.Space), payload, seed).Answer()),
            // It draws rules from results, and before the first there are none.
            "prior.v1" => JsonSerializer.Serialize(new PriorAnswer([], [], []), ChatJson.Options),
            string other => throw new ArgumentException($"The offline proposer does not know the prompt '{other}'.", nameof(messages)),
        };
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer))
        {
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0, TotalTokenCount = 0 },
        });
    }

    private ISearchSpace SpaceOf(SpacePayload named) => find is null || named.Name == space.Name ? space : find(named.Name);

    private static string PromptOf(string document)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(document);
            return json.RootElement.TryGetProperty("prompt", out JsonElement prompt) ? prompt.GetString() ?? "" : "";
        }
        catch (JsonException exception)
        {
            throw new ArgumentException("The offline proposer needs a payload document as its last message.", nameof(document), exception);
        }
    }

    private static string Answer<TPayload, TAnswer>(string document, Func<TPayload, TAnswer> answer)
        => JsonSerializer.Serialize(answer(JsonSerializer.Deserialize<TPayload>(document, ChatJson.Options)!), ChatJson.Options);
}
