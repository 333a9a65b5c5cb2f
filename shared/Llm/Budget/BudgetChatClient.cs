using Microsoft.Extensions.AI;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.Records;

namespace PelNas.Shared.Llm.Budget;

/// <summary>Charges every attempt of a call to its run and makes none that could exceed a limit. Calls on nobody's account pass.</summary>
internal sealed class BudgetChatClient(IChatClient inner, BudgetLedger ledger) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    /// <exception cref="BudgetExhaustedException">There is no budget left for the call.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] prompt = [.. messages];
        ChatOptions? sent = ChatCall.Without(options);
        if (ChatCall.In(options) is not { } call)
        {
            return await base.GetResponseAsync(prompt, sent, cancellationToken);
        }

        TokenBounds bounds = TokenBounds.Of(prompt, options);
        BudgetReservation reservation = await ledger.ReserveAsync(call, bounds, cancellationToken);
        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(prompt, sent, cancellationToken);
        }
        catch (ProposerException exception) when (!exception.Fault.MayBeBilled)
        {
            await ledger.SettleRefusedAsync(call, reservation);
            throw;
        }
        catch (BadAnswerException exception)
        {
            exception.Charged = await ledger.SettleUnconfirmedAsync(call, reservation);
            throw;
        }
        catch
        {
            // Cut off after it was sent, cancelled or of a fault unknown here: it may have been charged.
            await ledger.SettleUnconfirmedAsync(call, reservation);
            throw;
        }

        ChatUsage charged = bounds.Confirm(response) is { } counted
            ? await ledger.SettleAsync(call, reservation, counted.Input, counted.Output)
            : await ledger.SettleUnconfirmedAsync(call, reservation);

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
    /// <exception cref="NotSupportedException">Always: its parts would come past the ledger.</exception>
    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => throw new NotSupportedException("A call is charged by its whole answer; nothing in a search streams.");

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType == typeof(ModelPrice) ? ledger.Price : base.GetService(serviceType, serviceKey);
}
