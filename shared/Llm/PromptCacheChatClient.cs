using System.Diagnostics;
using Microsoft.Extensions.AI;
using PelNas.Shared.Common;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Llm;

/// <summary>
/// Looks an answer up by its prompt's hash before the call and stores it before it returns, so that an activity that runs twice, one
/// after the other or at the same time in one process, pays once and gets the same answer. Where the provider is away, those who wait for the
/// first fail with it: each of them would find the same after minutes of attempts of its own.
/// </summary>
public sealed class PromptCacheChatClient(IChatClient inner, IAnswerStore store) : DelegatingChatClient(inner)
{
    private readonly PromptsUnderWay _underWay = new();

    /// <inheritdoc/>
    /// <exception cref="ProposerUnavailableException">The provider cannot answer now, as this call or the one that it waited for has found.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] prompt = [.. messages];
        ChatClientMetadata? metadata = this.GetService<ChatClientMetadata>();
        string hash = PromptHash.Of(metadata, prompt, options);
        string? runId = ChatCall.In(options)?.RunId;
        while (_underWay.Begin(hash) is { } other)
        {
            if (await other.WaitAsync(cancellationToken) is { } away)
            {
                throw away.Fault.ToException(away);
            }
        }

        // Only a fault of the provider holds for the others too. The first one's cancellation or want of budget is its own.
        ProposerUnavailableException? unavailable = null;
        try
        {
            return await FindAsync(hash, metadata, runId, cancellationToken) ?? await AskAsync(prompt, options, hash, runId, cancellationToken);
        }
        catch (ProposerUnavailableException exception)
        {
            unavailable = exception;
            throw;
        }
        finally
        {
            _underWay.End(hash, unavailable);
        }
    }

    private async Task<ChatResponse?> FindAsync(string hash, ChatClientMetadata? metadata, string? runId, CancellationToken cancellationToken)
    {
        if (await store.GetAnswerAsync(hash, cancellationToken) is not { } stored)
        {
            return null;
        }

        using Activity? span = ChatSpans.Start(metadata, AnswerSources.Cache);
        CachedAnswer kept = PelNasJson.Deserialize<CachedAnswer>(stored);
        ChatResponse again = kept.ToResponse();
        return kept.PaidBy is { } payer && payer != runId ? FreeAnswer.Mark(again) : again;
    }

    private async Task<ChatResponse> AskAsync(
        ChatMessage[] prompt, ChatOptions? options, string hash, string? runId, CancellationToken cancellationToken)
    {
        ChatResponse response = await base.GetResponseAsync(prompt, options, cancellationToken);
        string answer = PelNasJson.Serialize(CachedAnswer.Of(response, runId));

        // The answer is paid for: it is kept even when the caller has been cancelled meanwhile.
        await store.PutAnswerAsync(hash, answer, CancellationToken.None);
        return response;
    }
}
