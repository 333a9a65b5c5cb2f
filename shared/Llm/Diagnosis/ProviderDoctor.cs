using System.Text.Json;
using Microsoft.Extensions.AI;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Records;

namespace PelNas.Shared.Llm.Diagnosis;

/// <summary>Makes one tiny call to the configured provider and says what is wrong and how to mend it.</summary>
public static class ProviderDoctor
{
    private const int MaxOutputTokens = 100;
    private const int SuggestedReasoningTokens = 16_000;
    private const int Expected = 7;

    /// <summary>Examines a provider.</summary>
    /// <param name="client">Its client, without the answer cache.</param>
    /// <param name="options">The settings that the client was made of.</param>
    public static async Task<ProviderDiagnosis> ExamineAsync(
        IChatClient client, ChatProviderOptions options, CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        using JsonDocument schema = JsonDocument.Parse(
            """{"type":"object","properties":{"answer":{"type":"integer"}},"required":["answer"],"additionalProperties":false}""");
        ChatMessage[] question =
            [new(ChatRole.User, "What is three plus four? Answer with JSON such as {\"answer\": 0} and nothing else.")];
        ChatOptions asked = new()
        {
            MaxOutputTokens = MaxOutputTokens + options.ReasoningTokens,
            Seed = 1,
            ResponseFormat = ChatResponseFormat.ForJsonSchema(schema.RootElement.Clone(), "doctor"),
        };
        ChatResponse? response = await CallAsync(client, options, question, asked, findings, cancellationToken);
        (long Input, long Output)? counted = response is null ? null : TokenBounds.Of(question, asked).Confirm(response);
        ModelPrice? price = PriceTable.Find(options);
        if (response is not null)
        {
            findings.Add(CheckAnswer(response, options));
            findings.Add(CheckUsage(counted));
            findings.Add(CheckPrice(price));
            findings.AddRange(await OllamaContext.CheckAsync(client, options, cancellationToken));
        }

        return new ProviderDiagnosis(
            $"{options.Provider}/{options.Model}",
            options.EndpointUri.ToString(),
            findings,
            counted?.Input,
            counted?.Output,
            price);
    }

    private static async Task<ChatResponse?> CallAsync(
        IChatClient client,
        ChatProviderOptions options,
        ChatMessage[] question,
        ChatOptions asked,
        List<Finding> findings,
        CancellationToken cancellationToken)
    {
        try
        {
            ChatResponse response = await client.GetResponseAsync(question, asked, cancellationToken);
            findings.Add(new("call", Verdict.Good, $"{options.Provider} answers"));
            return response;
        }
        catch (ProposerException exception)
        {
            findings.Add(new("call", Verdict.Fault, exception.Message));
            return null;
        }
    }

    private static Finding CheckAnswer(ChatResponse response, ChatProviderOptions options)
    {
        const string What = "structured output";
        return (IsBareJson(response.Text), options.StructuredOutput) switch
        {
            (false, _) when response.FinishReason == ChatFinishReason.Length => new(
                "answer", Verdict.Fault,
                $"cut off after {MaxOutputTokens + options.ReasoningTokens} tokens, as it is with a model that reasons before it answers; "
                + $"set {ChatProviderOptions.Section}:ReasoningTokens to what it may reason, such as {SuggestedReasoningTokens}"),
            (true, true) => new(What, Verdict.Good, "the answer is JSON by the schema"),
            (true, false) => new(What, Verdict.Good, "switched off, and the answer is JSON all the same"),
            (false, true) => new(
                What, Verdict.Warning,
                $"the answer is not JSON by the schema that was sent; answers are read as far as they can be, but a model with structured "
                + $"output wastes fewer calls. If this one has none, set {ChatProviderOptions.Section}:StructuredOutput to false"),
            (false, false) => new(What, Verdict.Warning, "switched off, and the answer is not bare JSON; "
                + "answers are read as far as they can be"),
        };
    }

    private static bool IsBareJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("answer", out JsonElement answer)
                && answer.ValueKind == JsonValueKind.Number && answer.TryGetInt32(out int number) && number == Expected;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Finding CheckUsage((long Input, long Output)? counted) => counted is { } tokens
        ? new("token counts", Verdict.Good, $"{tokens.Input} + {tokens.Output} tokens")
        : new(
            "token counts", Verdict.Warning,
            "the provider counts no tokens, or gives counts that cannot be true, "
            + "so that every call is charged at the most and unconfirmed");

    private static Finding CheckPrice(ModelPrice? price) => price switch
    {
        null => new(
            "price", Verdict.Warning, $"not known, so that results say 'unpriced' and --max-usd cannot be used; {PriceTable.HowToSet}"),
        { IsFree: true } => new("price", Verdict.Good, $"{CostText.Of(0)} ({price.Model})"),
        _ => new(
            "price", Verdict.Good,
            $"{price.InputUsdPerMillion} and {price.OutputUsdPerMillion} US dollars for a million tokens in and out "
            + $"({price.Model}, {price.AsOf})"),
    };
}
