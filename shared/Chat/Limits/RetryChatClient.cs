using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using PelNas.Shared.Chat.Faults;
using Polly;
using Polly.Retry;

namespace PelNas.Shared.Chat.Limits;

/// <summary>
/// The one layer that tries a call again: after short, passing faults only, a few times, after the wait that the provider asks for
/// or a doubling one. The SDKs' own retries are off. What lasts longer fails the activity, which the orchestration repeats after a
/// durable timer.
/// </summary>
internal sealed partial class RetryChatClient : DelegatingChatClient
{
    /// <summary>Most attempts of a call.</summary>
    public const int MaxAttempts = 4;

    private readonly ILogger _logger;
    private readonly ResiliencePipeline<ChatResponse> _pipeline;

    public RetryChatClient(IChatClient inner, TimeProvider time, ILogger<RetryChatClient> logger)
        : base(inner)
    {
        _logger = logger;
        _pipeline = new ResiliencePipelineBuilder<ChatResponse> { TimeProvider = time }.AddRetry(new RetryStrategyOptions<ChatResponse>
        {
            MaxRetryAttempts = MaxAttempts - 1,
            ShouldHandle = attempt => ValueTask.FromResult(
                attempt.Outcome.Exception is ProposerUnavailableException { Fault.RetryAfter: var wait } && !(wait > ChatRateLimiter.LongestWait)),
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromSeconds(1),
            DelayGenerator = attempt => ValueTask.FromResult((attempt.Outcome.Exception as ProposerUnavailableException)?.Fault.RetryAfter),
            OnRetry = attempt =>
            {
                LogRetry(attempt.AttemptNumber + 2, MaxAttempts, attempt.RetryDelay.TotalSeconds, attempt.Outcome.Exception!.Message);
                return ValueTask.CompletedTask;
            },
        }).Build();
    }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] prompt = [.. messages];
        return await _pipeline.ExecuteAsync(
            async cancelled => await base.GetResponseAsync(prompt, options, cancelled), cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} of {MaxAttempts} in {Seconds:0.0} s: {Fault}")]
    private partial void LogRetry(int attempt, int maxAttempts, double seconds, string fault);
}
