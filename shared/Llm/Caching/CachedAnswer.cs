using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.Records;

namespace PelNas.Shared.Llm.Caching;

/// <summary>
/// The outcome of a prompt, as it is kept: an answer, an unusable one, or, in recordings, that there was no budget for the call.
/// </summary>
/// <param name="Text">What the model wrote; of an unusable answer, what is wrong with it.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="FinishReason">Why it ended.</param>
/// <param name="InputTokens">Prompt tokens charged.</param>
/// <param name="OutputTokens">Answer tokens charged.</param>
internal sealed record CachedAnswer(string Text, string? Model, string? FinishReason, long InputTokens, long OutputTokens)
{
    /// <summary>As <see cref="RefusalIn"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Refusal { get; init; }

    /// <summary>The run that was charged, or null where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PaidBy { get; init; }

    /// <summary>Whether the run that was recorded had it for nothing (<see cref="FreeAnswer"/>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsFree { get; init; }

    /// <summary>Kind of an unusable answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FaultKind? Fault { get; init; }

    /// <summary>The limit that left no budget for the call.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StopReason { get; init; }

    public static CachedAnswer Of(ChatResponse response) => new(
        response.Text,
        response.ModelId,
        response.FinishReason?.Value,
        response.Usage?.InputTokenCount ?? 0,
        response.Usage?.OutputTokenCount ?? 0)
    {
        Refusal = RefusalIn(response),
        IsFree = FreeAnswer.Is(response),
    };

    public static CachedAnswer Of(BadAnswerException exception)
        => new(exception.Message, null, null, exception.Charged?.InputTokens ?? 0, exception.Charged?.OutputTokens ?? 0)
        {
            Fault = exception.Fault.Kind,
        };

    public static CachedAnswer Of(BudgetExhaustedException exception) => new("", null, null, 0, 0) { StopReason = exception.StopReason };

    /// <summary>What the model wrote in the place that the interface keeps for refusals, or null.</summary>
    public static string? RefusalIn(ChatResponse response)
        => response.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>().FirstOrDefault()?.Message;

    /// <summary>
    /// Whether it may be given to a run. An unusable answer is no answer for those that have not paid for it: what was wrong may be mended
    /// by now.
    /// </summary>
    public bool HoldsFor(string? runId) => Fault is null || PaidBy is null || PaidBy == runId;

    /// <summary>Has the same come of the prompt again.</summary>
    /// <param name="runId">The run that asks.</param>
    /// <param name="price">The price of the tokens, or null when it is not known.</param>
    /// <exception cref="BadAnswerException">The answer was unusable.</exception>
    /// <exception cref="BudgetExhaustedException">There was no budget for the call.</exception>
    public ChatResponse Repeat(string? runId, ModelPrice? price)
    {
        if (StopReason is not null)
        {
            throw new BudgetExhaustedException(runId ?? "", StopReason);
        }

        if (Fault is { } kind)
        {
            throw new BadAnswerException(new ProposerFault(kind, Text))
            {
                Charged = new ChatUsage(1, InputTokens, OutputTokens, price?.Usd(InputTokens, OutputTokens)),
            };
        }

        AIContent[] contents = Refusal is null ? [new TextContent(Text)] : [new TextContent(Text), new ErrorContent(Refusal)];
        ChatResponse response = new(new ChatMessage(ChatRole.Assistant, contents))
        {
            ModelId = Model,
            FinishReason = FinishReason is null ? null : new ChatFinishReason(FinishReason),
            Usage = new UsageDetails
            {
                InputTokenCount = InputTokens,
                OutputTokenCount = OutputTokens,
                TotalTokenCount = InputTokens + OutputTokens,
            },
        };
        return IsFree || (PaidBy is not null && PaidBy != runId) ? FreeAnswer.Mark(response) : response;
    }
}

/// <summary>
/// Marks an answer that another run has paid for: it counts against no limit. One that the asking run itself has paid for, before it
/// was interrupted, is not free: else a search would end elsewhere for having been interrupted.
/// </summary>
internal static class FreeAnswer
{
    private const string Property = "pelnas.free";

    public static ChatResponse Mark(ChatResponse response)
    {
        (response.AdditionalProperties ??= [])[Property] = true;
        return response;
    }

    public static bool Is(ChatResponse response) => response.AdditionalProperties?.ContainsKey(Property) == true;
}

/// <summary>The key of a prompt among the answers: everything that decides the answer.</summary>
internal static class PromptHash
{
    /// <summary>Lower-case hex SHA-256 of provider, address, model, messages and the options that a search sets.</summary>
    public static string Of(ChatClientMetadata? metadata, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, metadata?.ProviderName);
        Append(hash, metadata?.ProviderUri?.AbsoluteUri);
        Append(hash, options?.ModelId ?? metadata?.DefaultModelId);
        Append(hash, options?.Seed?.ToString(CultureInfo.InvariantCulture));
        Append(hash, options?.Temperature?.ToString(CultureInfo.InvariantCulture));
        Append(hash, options?.MaxOutputTokens?.ToString(CultureInfo.InvariantCulture));
        Append(hash, (options?.ResponseFormat as ChatResponseFormatJson)?.Schema?.GetRawText());
        foreach (ChatMessage message in messages)
        {
            Append(hash, message.Role.Value);
            Append(hash, message.Text);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string? part)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(part ?? "");

        // The length keeps ("ab", "c") and ("a", "bc") apart.
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
