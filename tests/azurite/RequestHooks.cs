using Azure.Core;
using Azure.Core.Pipeline;

namespace PelNas.Tests.Azurite;

/// <summary>Sees every request of a client before and after it is sent, records it, and may hold it up or stop it.</summary>
public sealed class RequestHooks : HttpPipelinePolicy
{
    /// <summary>What was sent, in order.</summary>
    public ConcurrentQueue<SentRequest> Sent { get; } = [];

    private long _received;

    /// <summary>Bytes in the bodies of all answers.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Called before a request is sent; what it throws is thrown to the store, and nothing is sent.</summary>
    public Func<SentRequest, Task>? Before { get; set; }

    /// <summary>Called after the answer has come; what it throws takes the place of the answer.</summary>
    public Func<SentRequest, Task>? After { get; set; }

    /// <summary>Adds these hooks to a client.</summary>
    public void AddTo(ClientOptions options) => options.AddPolicy(this, HttpPipelinePosition.PerCall);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        => throw new NotSupportedException("The store calls asynchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        long length = 0;
        _ = message.Request.Content?.TryComputeLength(out length);
        SentRequest request = new(message.Request.Method.Method, message.Request.Uri.ToUri(), length);
        await (Before?.Invoke(request) ?? Task.CompletedTask);
        Sent.Enqueue(request);
        await ProcessNextAsync(message, pipeline);
        Interlocked.Add(ref _received, message.Response.ContentStream is { CanSeek: true } body
            ? body.Length
            : message.Response.Headers.ContentLength ?? 0);
        await (After?.Invoke(request) ?? Task.CompletedTask);
    }
}
