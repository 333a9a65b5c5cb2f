using Azure.Identity;
using Microsoft.Extensions.AI;
using PelNas.Shared.Llm.Providers;

namespace PelNas.Shared.Llm.Faults;

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
        AnswerStage stage = AnswerStage.Begin();
        try
        {
            return await base.GetResponseAsync(messages, callOptions, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested && limit.IsCancellationRequested)
        {
            throw ProposerFaults.TimedOut(options).ToException(exception);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && FaultOf(exception, stage.IsAnswered) is { } fault)
        {
            throw fault.ToException();
        }
    }

    /// <summary>The SDKs wrap what the transport throws, each in its own way; the cause that is known best is the innermost known one.</summary>
    private ProposerFault? FaultOf(Exception exception, bool isAnswered) => exception is AuthenticationFailedException signIn
        // What is inside it happened on the way to the identity's service, not to the provider.
        ? ProposerFaults.OfSignIn(signIn, options)
        : (exception.InnerException is { } inner ? FaultOf(inner, isAnswered) : null) ?? ProposerFaults.Of(exception, options, isAnswered);
}
