using Microsoft.Extensions.AI;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.Records;

namespace PelNas.Shared.Llm.Budget;

/// <summary>Charges every attempt of a call to its account and makes none that could exceed its limit. Calls on nobody's account pass.</summary>
/// <param name="inner">The client that calls.</param>
/// <param name="price">The price of its tokens, or null when it is not known.</param>
internal sealed class BudgetChatClient(IChatClient inner, ModelPrice? price) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    /// <exception cref="BudgetExhaustedException">There is no budget left for the call.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] prompt = [.. messages];
        ChatOptions? sent = ChatCall.Without(options);
        if (ChatCall.In(options) is not { Account: { } account } call)
        {
            return await base.GetResponseAsync(prompt, sent, cancellationToken);
        }

        TokenBounds bounds = TokenBounds.Of(prompt, options);
        ChatUsage atMost = await account.ReserveAsync(bounds, price);
        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(prompt, sent, cancellationToken);
        }
        catch (ProposerException exception) when (!exception.Fault.MayBeBilled)
        {
            await account.SettleRefusedAsync();
            throw;
        }
        catch (Exception exception)
        {
            // Cut off after it was sent, unreadable, cancelled or of a fault unknown here: it may have been charged.
            LlmSpend.Record(call, atMost, isConfirmed: false);
            await account.SettleUnconfirmedAsync();
            if (exception is BadAnswerException bad)
            {
                bad.Charged = atMost;
            }

            throw;
        }

        ChatUsage charged = atMost;
        if (bounds.Confirm(response) is { } counted)
        {
            charged = new ChatUsage(1, counted.Input, counted.Output, price?.Usd(counted.Input, counted.Output));
            LlmSpend.Record(call, charged, isConfirmed: true);
            await account.SettleAsync(charged);
        }
        else
        {
            LlmSpend.Record(call, charged, isConfirmed: false);
            await account.SettleUnconfirmedAsync();
        }

        // Whatever the provider said: cache, recording and the run's rows go by what is charged.
        response.Usage = new UsageDetails
        {
            InputTokenCount = charged.InputTokens,
            OutputTokenCount = charged.OutputTokens,
            TotalTokenCount = charged.InputTokens + charged.OutputTokens,
        };
        return response;
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: its parts would come past the account.</exception>
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => throw new NotSupportedException("A call is charged by its whole answer; nothing in a search streams.");

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType == typeof(ModelPrice) ? price : base.GetService(serviceType, serviceKey);
}
