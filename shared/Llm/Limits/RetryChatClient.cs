using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using PelNas.Shared.Llm.Faults;
using Polly;
using Polly.Retry;

namespace PelNas.Shared.Llm.Limits;

/// <summary>
/// The one layer that tries a call again: after short, passing faults only, a few times, after the wait that the provider asks for
/// or a doubling one. The SDKs' own retries are off. What lasts longer fails the activity, which the orchestration repeats after a
/// durable timer.
/// </summary>
internal sealed partial class RetryChatClient : DelegatingChatClient
{
    /// <summary>Most attempts of a call.</summary>
    public const int MaxAttempts = 4;

    // Between 0 and 1, another for each call.
    private static readonly ResiliencePropertyKey<double> Spread = new("pelnas.spread");

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
                attempt.Outcome.Exception is ProposerUnavailableException { Fault.RetryAfter: var wait }
                && !(wait > RateLimitChatClient.LongestWait)),
            DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(
                (attempt.Outcome.Exception as ProposerUnavailableException)?.Fault.RetryAfter
                ?? Backoff(attempt.AttemptNumber, attempt.Context)),
            OnRetry = attempt =>
            {
                LogRetry(attempt.AttemptNumber + 2, MaxAttempts, attempt.RetryDelay.TotalSeconds, attempt.Outcome.Exception!.Message);
                return ValueTask.CompletedTask;
            },
        }).Build();
    }

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] prompt = [.. messages];
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            // By its seed, which differs between partitions and generations.
            context.Properties.Set(Spread, (options?.Seed ?? 0) % 1000 / 1000.0);
            return await _pipeline.ExecuteAsync(
                async call => await base.GetResponseAsync(prompt, options, call.CancellationToken), context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>
    /// 1, 2, 4 s and up to a quarter more: the calls of all partitions fail at the same time and should not come back so.
    /// </summary>
    private static TimeSpan Backoff(int attempt, ResilienceContext context)
        => TimeSpan.FromSeconds(Math.Pow(2, attempt) * (1 + (context.Properties.GetValue(Spread, 0) / 4)));

    [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} of {MaxAttempts} in {Seconds:0.0} s: {Fault}")]
    private partial void LogRetry(int attempt, int maxAttempts, double seconds, string fault);
}
