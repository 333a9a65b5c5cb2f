using Microsoft.Extensions.AI;
using PelNas.Shared.Chat.Faults;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Chat.Budget;

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

        BudgetReservation reservation = await ledger.ReserveAsync(call, TokenEstimate.Of(prompt, options), cancellationToken);
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
        catch
        {
            // Cut off after it was sent, cancelled or of a fault unknown here: it may have been charged.
            await ledger.SettleLostAsync(call, reservation);
            throw;
        }

        await (response.Usage is { InputTokenCount: { } input, OutputTokenCount: { } output }
            ? ledger.SettleAsync(call, reservation, input, output)
            : ledger.SettleLostAsync(call, reservation));
        return response;
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
        => serviceKey is null && serviceType == typeof(ModelPrice) ? ledger.Price : base.GetService(serviceType, serviceKey);
}
