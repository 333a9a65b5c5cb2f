namespace PelNas.Functions.Tests.Support;

/// <summary>Counts the answers to each prompt, and can fail or answer instead of the proposer behind it.</summary>
internal sealed class CountingChatClient(IChatClient inner, ConcurrentDictionary<string, int> calls, Func<string, string?>? answer)
    : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] prompt = [.. messages];
        string payload = prompt[^1].Text;
        ChatResponse response = answer?.Invoke(payload) is string text
            ? new ChatResponse(new ChatMessage(ChatRole.Assistant, text))
            : await base.GetResponseAsync(prompt, options, cancellationToken);

        // A call that is cancelled before it is answered is none that was paid for.
        calls.AddOrUpdate($"{options?.Seed} {payload}", 1, (_, times) => times + 1);
        return response;
    }
}
