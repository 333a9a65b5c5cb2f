using System.Diagnostics;
using PelNas.Shared.Llm.Limits;

namespace PelNas.Shared.Tests.Llm.Limits;

public sealed class RateLimitChatClientTests : IDisposable
{
    private static readonly TokenEstimate Small = new(10, 10);

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedChatClient _inner = new(_ => "an answer");

    [Fact]
    public async Task A_sixth_of_the_requests_a_minute_pass_at_once_and_the_next_one_waits()
    {
        using RateLimitChatClient limiter = new(_inner, new ChatProviderOptions { RequestsPerMinute = 12 }, _time);

        await limiter.WaitAsync(Small, Cancellation);
        await limiter.WaitAsync(Small, Cancellation);
        Task third = limiter.WaitAsync(Small, Cancellation);

        third.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Tokens_are_counted_as_prompt_and_longest_answer_together()
    {
        using RateLimitChatClient limiter = new(_inner, new ChatProviderOptions { TokensPerMinute = 600 }, _time);

        await limiter.WaitAsync(new TokenEstimate(30, 60), Cancellation);
        Task next = limiter.WaitAsync(new TokenEstimate(5, 60), Cancellation);

        next.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_call_of_more_tokens_than_are_let_through_at_once_is_counted_in_full()
    {
        // Ten million tokens at once, and a million a second.
        Stopwatch watch = Stopwatch.StartNew();
        using RateLimitChatClient limiter = new(_inner, new ChatProviderOptions { TokensPerMinute = 60_000_000 }, _time);

        await limiter.WaitAsync(new TokenEstimate(10_000_000, 400_000), Cancellation);

        watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public async Task A_waiting_call_is_let_through_in_time()
    {
        using RateLimitChatClient limiter = new(_inner, new ChatProviderOptions { RequestsPerMinute = 6000 }, _time);

        await Task.WhenAll(Enumerable.Range(0, 1010).Select(_ => limiter.WaitAsync(Small, Cancellation)))
            .WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
    }

    [Fact]
    public async Task When_the_provider_asks_one_call_to_wait_all_wait()
    {
        using RateLimitChatClient limiter = new(_inner, new ChatProviderOptions(), _time);
        limiter.Hold(TimeSpan.FromSeconds(10));
        limiter.Hold(TimeSpan.FromSeconds(2));

        Task held = limiter.WaitAsync(Small, Cancellation);
        _time.Advance(TimeSpan.FromSeconds(9));
        held.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        await held.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
    }

    [Fact]
    public async Task A_hold_that_is_too_long_for_an_activity_is_a_failure_that_says_how_long()
    {
        using RateLimitChatClient limiter = new(_inner, new ChatProviderOptions(), _time);
        limiter.Hold(TimeSpan.FromMinutes(2));

        ProposerUnavailableException exception =
            await Should.ThrowAsync<ProposerUnavailableException>(() => limiter.WaitAsync(Small, Cancellation));

        exception.Fault.RetryAfter.ShouldBe(TimeSpan.FromMinutes(2));
        exception.Message.ShouldContain("120 s");
    }

    [Fact]
    public async Task A_wait_without_end_ends_after_ten_minutes()
    {
        using RateLimitChatClient limiter = new(_inner, new ChatProviderOptions(), _time);
        limiter.Hold(TimeSpan.FromDays(365));

        _time.Advance(TimeSpan.FromMinutes(10));

        await limiter.WaitAsync(Small, Cancellation).WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
    }

    [Fact]
    public async Task A_wait_that_a_call_was_asked_for_holds_the_next_one_back()
    {
        ProposerFault wait = new(FaultKind.RateLimited, "", RetryAfter: TimeSpan.FromMinutes(1));
        using ScriptedChatClient busy = new(_ => throw wait.ToException());
        using RateLimitChatClient client = new(busy, new ChatProviderOptions(), _time);
        Func<Task> ask = () => client.GetResponseAsync([new ChatMessage(ChatRole.User, "hello")], cancellationToken: Cancellation);
        await Should.ThrowAsync<ProposerUnavailableException>(ask);

        (await Should.ThrowAsync<ProposerUnavailableException>(ask)).Message.ShouldContain("60 s");

        busy.Calls.Count.ShouldBe(1);
    }

    public void Dispose() => _inner.Dispose();
}
