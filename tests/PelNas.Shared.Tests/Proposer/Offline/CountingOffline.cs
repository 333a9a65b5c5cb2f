namespace PelNas.Shared.Tests.Proposer.Offline;

/// <summary>The offline proposer, with a look at each prompt.</summary>
internal sealed class CountingOffline(Action<IReadOnlyList<ChatMessage>, ChatOptions> look, ISearchSpace? space = null)
    : DelegatingChatClient(new OfflineChatClient(space ?? StepHarness.Tables.Space))
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] prompt = [.. messages];
        look(prompt, options!);
        return base.GetResponseAsync(prompt, options, cancellationToken);
    }
}
