namespace PelNas.Functions.Tests.Support;

/// <summary>The offline proposer behind a gate: a search that has come to it stays there until the gate opens.</summary>
internal sealed class GatedChatClient() : DelegatingChatClient(new OfflineChatClient(BenchmarkTables.OpenDefault().Space))
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _open.TrySetResult();

    /// <summary>Waits until a search has come to the gate.</summary>
    public Task ReachedAsync() => Awaiting.For(_reached.Task, "a question to the proposer");

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        _reached.TrySetResult();
        await _open.Task.WaitAsync(cancellationToken);
        return await base.GetResponseAsync(messages, options, cancellationToken);
    }
}
