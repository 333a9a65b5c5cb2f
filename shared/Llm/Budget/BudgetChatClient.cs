using Microsoft.Extensions.AI;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Records;

namespace PelNas.Shared.Llm.Budget;

/// <summary>
/// The model as a search sees it, with the name of its settings and its price. Charges every attempt of a call to its account and makes
/// none that could exceed the limit. Calls on nobody's account pass.
/// </summary>
internal sealed class BudgetChatClient(IChatClient inner, ChatProviderOptions options) : DelegatingChatClient(inner)
{
    private readonly ChatClientMetadata _metadata = new(options.Provider, options.EndpointUri, options.Model);
    private readonly ModelPrice? _price = PriceTable.Find(options);

    /// <exception cref="BudgetExhaustedException">There is no budget left for the call.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? asked = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] prompt = [.. messages];
        ChatOptions? sent = ChatCall.Without(asked);
        if (ChatCall.In(asked) is not { Account: { } account } call)
        {
            return await base.GetResponseAsync(prompt, sent, cancellationToken);
        }

        TokenBounds bounds = TokenBounds.Of(prompt, asked);
        ChatUsage atMost = await account.ReserveAsync(bounds, _price);
        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(prompt, sent, cancellationToken);
        }
        catch (ProposerException exception) when (!exception.Fault.MayBeBilled)
        {
            await account.SettleRefusedAsync(exception.Message);
            throw;
        }
        catch (Exception exception)
        {
            // Cut off after it was sent, unreadable, cancelled or of a fault unknown here: it may have been charged.
            await SettleAsync(call, account, atMost, isConfirmed: false, (exception as ProposerUnavailableException)?.Message);
            if (exception is BadAnswerException bad)
            {
                bad.Charged = atMost;
            }

            throw;
        }

        ChatUsage? counted = bounds.Confirm(response) is { } tokens
            ? new ChatUsage(1, tokens.Input, tokens.Output, _price?.Usd(tokens.Input, tokens.Output))
            : null;
        ChatUsage charged = counted ?? atMost;
        await SettleAsync(call, account, charged, isConfirmed: counted is not null);

        // Whatever the provider said: cache, recording and the run's rows go by what is charged.
        response.Usage = new UsageDetails
        {
            InputTokenCount = charged.InputTokens,
            OutputTokenCount = charged.OutputTokens,
            TotalTokenCount = charged.InputTokens + charged.OutputTokens,
        };
        return response;
    }

    /// <exception cref="NotSupportedException">Always: its parts would come past the account.</exception>
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? asked = null, CancellationToken cancellationToken = default)
        => throw new NotSupportedException("A call is charged by its whole answer; nothing in a search streams.");

    public override object? GetService(Type serviceType, object? serviceKey = null) => serviceType switch
    {
        _ when serviceKey is not null => base.GetService(serviceType, serviceKey),
        _ when serviceType == typeof(ChatClientMetadata) => _metadata,
        _ when serviceType == typeof(ModelPrice) => _price,
        _ => base.GetService(serviceType, serviceKey),
    };

    private static Task SettleAsync(ChatCall call, SpendingAccount account, ChatUsage charged, bool isConfirmed, string? fault = null)
    {
        LlmSpend.Record(call, charged, isConfirmed);
        return isConfirmed ? account.SettleAsync(charged) : account.SettleUnconfirmedAsync(fault);
    }
}

/// <summary>
/// Counts what a call is charged, when it is settled: a step that fails afterwards has spent it all the same, and one that runs again finds
/// the answer in the store and spends nothing. The sums of a step are on its span, which knows the run; metrics do not.
/// </summary>
internal static class LlmSpend
{
    /// <summary>Counts a call.</summary>
    /// <param name="call">On whose account.</param>
    /// <param name="usage">What is charged. Without a price nothing is said of its cost: a measured 0 would read as free.</param>
    /// <param name="isConfirmed">Whether the provider has confirmed it; else it is the most that the call can have cost.</param>
    public static void Record(ChatCall call, ChatUsage usage, bool isConfirmed)
    {
        KeyValuePair<string, object?> partition = new(TelemetryNames.Partition, call.Partition);
        KeyValuePair<string, object?> unconfirmed = new(TelemetryNames.LlmUnconfirmed, !isConfirmed);
        SearchMetrics.LlmCalls.Add(usage.Calls, partition, unconfirmed);
        SearchMetrics.LlmTokens.Add(usage.InputTokens, partition, unconfirmed, new(TelemetryNames.TokenType, "input"));
        SearchMetrics.LlmTokens.Add(usage.OutputTokens, partition, unconfirmed, new(TelemetryNames.TokenType, "output"));
        if (usage.Usd is { } measured)
        {
            SearchMetrics.LlmCost.Add(measured, partition, unconfirmed);
        }

        if (StepSpan.Current is { } step)
        {
            step.SetTag(TelemetryNames.LlmCalls, (step.GetTagItem(TelemetryNames.LlmCalls) as int? ?? 0) + usage.Calls);
            if (usage.Usd is { } usd)
            {
                step.SetTag(TelemetryNames.LlmCost, (step.GetTagItem(TelemetryNames.LlmCost) as double? ?? 0) + usd);
            }
        }
    }
}
