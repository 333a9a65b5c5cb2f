using System.Threading.RateLimiting;
using Microsoft.Extensions.AI;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.Llm.Providers;

namespace PelNas.Shared.Llm.Limits;

/// <summary>
/// Sends a call when the process may, and holds the others back when the provider asks one to wait. Keeps the requests and tokens a minute
/// of this process, shared by all runs in it. Counts as Azure OpenAI does: prompt and longest answer together, judged over seconds rather
/// than minutes, so that a minute's quota is not sent at once.
/// </summary>
internal sealed class RateLimitChatClient : DelegatingChatClient
{
    /// <summary>
    /// Longest wait that a call makes within an activity. What takes longer is left to the orchestration's durable timer.
    /// </summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    // A header that says a year must not silence a process that runs for one.
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(10);

    private const int BurstSeconds = 10;

    private readonly TimeProvider _time;
    private readonly TokenBucketRateLimiter? _requests;
    private readonly TokenBucketRateLimiter? _tokens;
    private readonly int _mostTokens;
    private readonly Lock _gate = new();
    private DateTimeOffset _heldUntil;

    public RateLimitChatClient(IChatClient inner, ChatProviderOptions options, TimeProvider time)
        : base(inner)
    {
        _time = time;
        _requests = Bucket(options.RequestsPerMinute);
        _tokens = Bucket(options.TokensPerMinute);
        _mostTokens = options.TokensPerMinute is { } perMinute ? Burst(perMinute) : int.MaxValue;
    }

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] prompt = [.. messages];
        await WaitAsync(TokenEstimate.Of(prompt, options), cancellationToken);
        try
        {
            return await base.GetResponseAsync(prompt, options, cancellationToken);
        }
        catch (ProposerUnavailableException exception) when (exception.Fault.RetryAfter is { } wait)
        {
            Hold(wait);
            throw;
        }
    }

    /// <summary>Waits until a call may be sent.</summary>
    /// <exception cref="ProposerUnavailableException">The provider has asked to wait longer than <see cref="LongestWait"/>.</exception>
    public async Task WaitAsync(TokenEstimate estimate, CancellationToken cancellationToken)
    {
        await WaitForHoldAsync(cancellationToken);
        await AcquireAsync(_requests, 1, cancellationToken);

        // A call larger than the whole bucket would never pass at once: it takes bucket after bucket, until all of it is counted.
        for (long missing = (long)estimate.Input + estimate.Output; missing > 0; missing -= _mostTokens)
        {
            await AcquireAsync(_tokens, (int)Math.Min(_mostTokens, missing), cancellationToken);
        }

        await WaitForHoldAsync(cancellationToken);
    }

    /// <summary>Holds all calls back for as long as the provider has asked one of them to wait, ten minutes at most.</summary>
    public void Hold(TimeSpan wait)
    {
        lock (_gate)
        {
            DateTimeOffset until = _time.GetUtcNow() + (wait < LongestHold ? wait : LongestHold);
            _heldUntil = until > _heldUntil ? until : _heldUntil;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _requests?.Dispose();
            _tokens?.Dispose();
        }

        base.Dispose(disposing);
    }

    private static int Burst(int perMinute) => (int)Math.Max(1, (long)perMinute * BurstSeconds / 60);

    private static TokenBucketRateLimiter? Bucket(int? perMinute)
        => perMinute is not { } limit ? null : new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = Burst(limit),
            TokensPerPeriod = 1 + ((limit - 1) / 600),
            ReplenishmentPeriod = TimeSpan.FromMinutes(1.0 * (1 + ((limit - 1) / 600)) / limit),
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            AutoReplenishment = true,
        });

    private static async Task AcquireAsync(RateLimiter? limiter, int permits, CancellationToken cancellationToken)
    {
        if (limiter is not null)
        {
            using RateLimitLease lease = await limiter.AcquireAsync(permits, cancellationToken);
        }
    }

    private async Task WaitForHoldAsync(CancellationToken cancellationToken)
    {
        while (RemainingHold() is var wait && wait > TimeSpan.Zero)
        {
            if (wait > LongestWait)
            {
                string message = $"The provider has asked to wait {wait.TotalSeconds:0} s before the next call.";
                throw new ProposerFault(FaultKind.RateLimited, message, RetryAfter: wait).ToException();
            }

            await Task.Delay(wait, _time, cancellationToken);
        }
    }

    private TimeSpan RemainingHold()
    {
        lock (_gate)
        {
            return _heldUntil - _time.GetUtcNow();
        }
    }
}
