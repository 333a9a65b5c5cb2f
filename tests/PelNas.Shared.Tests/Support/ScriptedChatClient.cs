namespace PelNas.Shared.Tests.Support;

/// <summary>A chat client that answers what a test tells it to and remembers what it was asked.</summary>
public sealed class ScriptedChatClient(
    Func<IReadOnlyList<ChatMessage>, string> answer, long inputTokens = 0, long outputTokens = 0, ModelPrice? price = null) : IChatClient
{
    public List<(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)> Calls { get; } = [];

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] asked = [.. messages];
        Calls.Add((asked, options));
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer(asked)))
        {
            Usage = new UsageDetails { InputTokenCount = inputTokens, OutputTokenCount = outputTokens },
        });
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null)
        => serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("scripted", defaultModelId: "test")
            : serviceType == typeof(ModelPrice) ? price
            : null;

    public void Dispose()
    {
    }
}
