using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.AI;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Llm.Caching;

/// <summary>
/// Looks up the outcome of a prompt before it asks, and keeps the outcome before it returns, so that an activity that runs twice, one
/// run after the other or both at the same time in one process, pays once and gets the same answer. Where the provider is away, those who
/// wait for the first fail with it: each of them would find the same after minutes of attempts of its own.
/// </summary>
/// <param name="inner">The client that is asked.</param>
/// <param name="store">Where answers are kept.</param>
/// <param name="recorded">
/// The proposer whose answers a recording holds, where the store is one: then it keeps whatever the search has seen, for any run. Null for
/// the store of all searches, where an answer knows the run that has paid for it.
/// </param>
public sealed class AnswerCacheChatClient(IChatClient inner, IAnswerStore store, ChatClientMetadata? recorded = null)
    : DelegatingChatClient(inner)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<ProposerUnavailableException?>> _asked = new();

    private ChatClientMetadata? Proposer => recorded ?? this.GetService<ChatClientMetadata>();

    /// <inheritdoc/>
    /// <exception cref="ProposerUnavailableException">
    /// The provider cannot answer now, as this call or the one that it waited for has found.
    /// </exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] prompt = [.. messages];
        string hash = PromptHash.Of(Proposer, prompt, options);
        string? runId = ChatCall.In(options)?.RunId;
        TaskCompletionSource<ProposerUnavailableException?> own = new(TaskCreationOptions.RunContinuationsAsynchronously);
        while (!_asked.TryAdd(hash, own))
        {
            if (_asked.TryGetValue(hash, out TaskCompletionSource<ProposerUnavailableException?>? other)
                && await other.Task.WaitAsync(cancellationToken) is { } away)
            {
                throw away.Fault.ToException(away);
            }
        }

        // Only a fault of the provider holds for the others too. The first one's cancellation or want of budget is its own.
        ProposerUnavailableException? unavailable = null;
        try
        {
            return await FindAsync(hash, runId, cancellationToken) ?? await AskAsync(prompt, options, hash, runId, cancellationToken);
        }
        catch (ProposerUnavailableException exception)
        {
            unavailable = exception;
            throw;
        }
        finally
        {
            _asked.TryRemove(hash, out _);
            own.SetResult(unavailable);
        }
    }

    private async Task<ChatResponse?> FindAsync(string hash, string? runId, CancellationToken cancellationToken)
    {
        if (await store.GetAnswerAsync(hash, cancellationToken) is not { } stored
            || PelNasJson.Deserialize<CachedAnswer>(stored) is not { } kept
            || !kept.HoldsFor(runId))
        {
            return null;
        }

        using Activity? span = ChatSpans.Start(Proposer, recorded is null ? AnswerSources.Cache : AnswerSources.Replay);
        return kept.Repeat(runId, this.GetService<ModelPrice>());
    }

    private async Task<ChatResponse> AskAsync(
        ChatMessage[] prompt, ChatOptions? options, string hash, string? runId, CancellationToken cancellationToken)
    {
        try
        {
            ChatResponse response = await base.GetResponseAsync(prompt, options, cancellationToken);
            await KeepAsync(hash, CachedAnswer.Of(response), runId);
            return response;
        }
        catch (BadAnswerException exception)
        {
            await KeepAsync(hash, CachedAnswer.Of(exception), runId);
            throw;
        }
        catch (BudgetExhaustedException exception) when (recorded is not null)
        {
            await KeepAsync(hash, CachedAnswer.Of(exception), runId);
            throw;
        }
    }

    // The answer is paid for: it is kept even when the caller has been cancelled meanwhile.
    private Task KeepAsync(string hash, CachedAnswer answer, string? runId)
    {
        CachedAnswer kept = recorded is null ? answer with { PaidBy = runId } : answer;
        return store.PutAnswerAsync(hash, PelNasJson.Serialize(kept), CancellationToken.None);
    }
}
