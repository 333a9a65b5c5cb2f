using System.Text.Json;
using Microsoft.Extensions.AI;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Caching;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Proposer.Answers;
using PelNas.Shared.Records;

namespace PelNas.Shared.Proposer;

/// <summary>
/// Asks the proposer, whichever it is: the template is the system message, the payload the user message, the answer's JSON schema
/// the response format. A bad answer is data (<see cref="ChatReply{T}.Problem"/>), never an exception; a failed call is an exception,
/// for the activity's retry policy.
/// </summary>
public sealed class ProposerClient(IChatClient client)
{
    // Of an answer that could not be used, so many bytes go back with the request to mend it.
    internal const int QuotedAnswerBytes = 4000;

    /// <summary>Name shown with every result: the provider, and the model where there is one.</summary>
    public string Name { get; } = NameOf(client);

    /// <summary>Whether the answers come from the rule-based stand-in and no LLM was asked.</summary>
    public bool IsOffline => Name == ChatProviders.Offline;

    /// <summary>What its tokens cost, or null when that is not known.</summary>
    public ModelPrice? Price => client.GetService<ModelPrice>();

    /// <summary>Asks once.</summary>
    /// <param name="question">What to ask.</param>
    /// <param name="reader">Reads the answer.</param>
    /// <typeparam name="TPayload">Type of the payload.</typeparam>
    /// <typeparam name="TAnswer">Type of the answer, from which the schema is made.</typeparam>
    /// <exception cref="ProposerException">The call failed.</exception>
    /// <exception cref="BudgetExhaustedException">The run has no budget left for the call.</exception>
    public Task<ChatReply<TAnswer>> AskAsync<TPayload, TAnswer>(
        Question<TPayload> question, IAnswerReader<TAnswer> reader, CancellationToken cancellationToken)
        where TAnswer : class
        => SendAsync(question, Messages(question), reader, cancellationToken);

    /// <summary>The one repair turn: shows the proposer its answer with what is wrong with it and asks for the rest.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="reply">What came back.</param>
    /// <param name="request">What is wrong and wanted.</param>
    /// <param name="reader">Reads the answer.</param>
    /// <typeparam name="TPayload">Type of the payload.</typeparam>
    /// <typeparam name="TAnswer">Type of the answer.</typeparam>
    /// <exception cref="ProposerException">The call failed.</exception>
    /// <exception cref="BudgetExhaustedException">The run has no budget left for the call.</exception>
    public Task<ChatReply<TAnswer>> RepairAsync<TPayload, TAnswer>(
        Question<TPayload> question,
        ChatReply<TAnswer> reply,
        RepairPayload request,
        IAnswerReader<TAnswer> reader,
        CancellationToken cancellationToken)
        where TAnswer : class
        => SendAsync(question, RepairMessages(question, reply.Text, request), reader, cancellationToken);

    /// <summary>What goes to the provider for a question.</summary>
    internal static (IReadOnlyList<ChatMessage> Messages, ChatOptions Options) Render<TPayload, TAnswer>(Question<TPayload> question)
        => (Messages(question), Options<TPayload, TAnswer>(question));

    /// <summary>The prompt of the repair turn. An answer that never came is left out: no provider takes an empty message.</summary>
    internal static ChatMessage[] RepairMessages<TPayload>(Question<TPayload> question, string answer, RepairPayload request) =>
    [
        .. Messages(question),
        .. string.IsNullOrWhiteSpace(answer)
            ? Array.Empty<ChatMessage>() : [new(ChatRole.Assistant, PromptText.Cut(answer, QuotedAnswerBytes))],
        new(ChatRole.User, JsonSerializer.Serialize(request, ChatJson.Options)),
    ];

    private static ChatOptions Options<TPayload, TAnswer>(Question<TPayload> question)
    {
        ChatOptions options = new()
        {
            Seed = question.Seed,
            MaxOutputTokens = question.MaxOutputTokens,
            ResponseFormat = ChatResponseFormat.ForJsonSchema<TAnswer>(ChatJson.Options, typeof(TAnswer).Name),
        };
        question.Call?.AddTo(options);
        return options;
    }

    private static ChatMessage[] Messages<TPayload>(Question<TPayload> question) =>
    [
        new(ChatRole.System, question.Template.System),
        new(ChatRole.User, JsonSerializer.Serialize(question.Payload, ChatJson.Options)),
    ];

    private async Task<ChatReply<TAnswer>> SendAsync<TPayload, TAnswer>(
        Question<TPayload> question, ChatMessage[] messages, IAnswerReader<TAnswer> reader, CancellationToken cancellationToken)
        where TAnswer : class
    {
        ChatOptions options = Options<TPayload, TAnswer>(question);
        ChatResponse response;
        try
        {
            response = await client.GetResponseAsync(messages, options, cancellationToken);
        }
        catch (BadAnswerException exception)
        {
            bool isFiltered = exception.Fault.Kind == FaultKind.ContentFilter;
            UnusableKind kind = isFiltered ? UnusableKind.ContentFilter : UnusableKind.ProviderError;
            ChatUsage charged = exception.Charged ?? new ChatUsage(1, 0, 0, Price?.Usd(0, 0));
            return new ChatReply<TAnswer>(
                null, "", exception.Message, charged, UnusableAnswers.One(kind, exception.Message), IsDeclined: isFiltered);
        }

        long input = response.Usage?.InputTokenCount ?? 0;
        long output = response.Usage?.OutputTokenCount ?? 0;
        ChatUsage usage = FreeAnswer.Is(response) ? ChatUsage.None : new(1, input, output, Price?.Usd(input, output));
        if (response.FinishReason == ChatFinishReason.ContentFilter)
        {
            const string Filtered = "the provider's content filter stopped the answer";
            return new ChatReply<TAnswer>(
                null, response.Text, Filtered, usage, UnusableAnswers.One(UnusableKind.ContentFilter, Filtered), IsDeclined: true);
        }

        Reading<TAnswer> reading = reader.Read(response.Text);
        string? problem = reading.Problem;
        if (response.FinishReason == ChatFinishReason.Length && (problem is not null || reading.Answer is null))
        {
            problem = $"the answer was cut off at its limit of tokens, which a reasoning model needs more of (ReasoningTokens): "
                + $"{problem ?? "it holds nothing"}";
        }

        bool isDeclined = reading.Answer is null && IsRefusal(response);
        return new ChatReply<TAnswer>(reading.Answer, response.Text, problem, usage, Unusable(response, reading, problem), isDeclined);
    }

    /// <summary>Why an answer could not be read. What the provider says of its end counts for more than its text.</summary>
    private static UnusableAnswers? Unusable<TAnswer>(ChatResponse response, Reading<TAnswer> reading, string? problem)
        where TAnswer : class
    {
        if (reading.Answer is not null)
        {
            return null;
        }

        UnusableKind kind = response.FinishReason == ChatFinishReason.Length ? UnusableKind.Truncated
            : IsRefusal(response) ? UnusableKind.Refusal
            : reading.Unusable ?? UnusableKind.Unreadable;
        string[] said = [reading.Visible, response.Text, CachedAnswer.RefusalIn(response) ?? "", problem ?? ""];
        return UnusableAnswers.One(kind, Array.Find(said, text => !string.IsNullOrWhiteSpace(text)) ?? "");
    }

    /// <summary>Whether the model declined in the place that the interface keeps for it: an answer with no text at all.</summary>
    private static bool IsRefusal(ChatResponse response)
        => response.FinishReason == ChatFinishReason.Stop && CachedAnswer.RefusalIn(response) is not null;

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

/// <summary>One question to the proposer.</summary>
/// <param name="Payload">User message, sent as JSON.</param>
/// <param name="Seed">Seed for providers that take one.</param>
/// <param name="MaxOutputTokens">Longest answer.</param>
/// <param name="Call">On whose account; null on nobody's.</param>
/// <typeparam name="TPayload">Type of the payload.</typeparam>
public sealed record Question<TPayload>(PromptTemplate Template, TPayload Payload, int Seed, int MaxOutputTokens, ChatCall? Call = null);

/// <summary>What came back from the proposer.</summary>
/// <param name="Answer">The parsed answer, or null when it could not be read.</param>
/// <param name="Text">The raw text. Untrusted.</param>
/// <param name="Problem">Why it could not be read, or not in full; null when it could.</param>
/// <param name="Unusable">Why there is no answer, with a sample of what came; null when there is one.</param>
/// <param name="IsDeclined">Whether the provider or the model would not answer: asking again for the same is money lost.</param>
public sealed record ChatReply<T>(
    T? Answer, string Text, string? Problem, ChatUsage Usage, UnusableAnswers? Unusable = null, bool IsDeclined = false)
    where T : class;
