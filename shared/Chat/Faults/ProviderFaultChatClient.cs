using Microsoft.Extensions.AI;
using PelNas.Shared.Chat.Providers;

namespace PelNas.Shared.Chat.Faults;

/// <summary>Stands next to the SDK: limits the time of a call, and turns whatever the SDK throws into a <see cref="ProposerException"/>.</summary>
internal sealed class ProviderFaultChatClient(IChatClient inner, ChatProviderOptions options, TimeProvider time) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    /// <exception cref="ProposerException">The call failed.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? callOptions = null, CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource limit = new(options.Timeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await base.GetResponseAsync(messages, callOptions, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested && limit.IsCancellationRequested)
        {
            throw ProposerFaults.TimedOut(options).ToException(exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && FaultOf(exception) is { } fault)
        {
            throw fault.ToException();
        }
    }

    /// <summary>The SDKs wrap what the transport throws, each in its own way; the cause that is known best is the innermost known one.</summary>
    private ProposerFault? FaultOf(Exception exception)
        => (exception.InnerException is { } inner ? FaultOf(inner) : null) ?? ProposerFaults.Of(exception, options);
}
