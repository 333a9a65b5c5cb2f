using Microsoft.Extensions.Logging.Abstractions;
using PelNas.Shared.Llm.Limits;

namespace PelNas.Shared.Tests.Llm.Limits;

public sealed class RetryChatClientTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<TimeSpan> _asked = [];

    [Fact]
    public async Task A_passing_fault_is_tried_again_after_the_wait_that_was_asked_for()
    {
        ChatResponse response = await AskAsync(
            new ProposerFault(FaultKind.RateLimited, "", RetryAfter: TimeSpan.FromMilliseconds(1500)),
            new ProposerFault(FaultKind.ServerError, "", RetryAfter: TimeSpan.FromSeconds(7)));

        response.Text.ShouldBe("answer");
        _asked.ShouldBe([TimeSpan.Zero, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(8.5)]);
    }

    [Fact]
    public async Task Without_one_the_wait_doubles_and_after_four_attempts_the_fault_stands()
    {
        ProposerFault fault = new(FaultKind.ConnectionLost, "broke");

        (await Should.ThrowAsync<ProposerUnavailableException>(() => AskAsync(fault, fault, fault, fault, fault)))
            .Message.ShouldBe("broke");

        _asked.ShouldBe([TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(7)]);
    }

    [Fact]
    public async Task Calls_of_other_seeds_come_back_at_other_times()
    {
        ProposerFault fault = new(FaultKind.ServerError, "");

        await AskAsync(seed: 2500, fault);
        await AskAsync(seed: 1000, fault);

        // Half of a quarter more, seen by a clock that moves on by half seconds; and none.
        _asked[1].ShouldBe(TimeSpan.FromSeconds(1.5));
        (_asked[3] - _asked[2]).ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(FaultKind.OutOfQuota)]
    [InlineData(FaultKind.Unauthorised)]
    [InlineData(FaultKind.NotFound)]
    [InlineData(FaultKind.Tls)]
    [InlineData(FaultKind.ContentFilter)]
    public async Task What_lasts_is_not_tried_again(FaultKind kind)
    {
        await Should.ThrowAsync<ProposerException>(() => AskAsync(new ProposerFault(kind, "")));

        _asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_long_wait_is_left_to_the_durable_timer()
    {
        await Should.ThrowAsync<ProposerUnavailableException>(
            () => AskAsync(new ProposerFault(FaultKind.RateLimited, "", RetryAfter: TimeSpan.FromMinutes(5))));

        _asked.Count.ShouldBe(1);
    }

    /// <summary>
    /// Asks a client that fails with the given faults in turn and then answers; the clock moves on whenever the client waits.
    /// </summary>
    private Task<ChatResponse> AskAsync(params ProposerFault[] faults) => AskAsync(seed: 0, faults);

    private async Task<ChatResponse> AskAsync(long seed, params ProposerFault[] faults)
    {
        DateTimeOffset start = _time.GetUtcNow();
        Queue<ProposerFault> coming = new(faults);
        using ScriptedChatClient inner = new(_ =>
        {
            _asked.Add(_time.GetUtcNow() - start);
            return coming.TryDequeue(out ProposerFault? fault) ? throw fault.ToException() : "answer";
        });
        using RetryChatClient client = new(inner, _time, NullLogger<RetryChatClient>.Instance);
        Task<ChatResponse> answer = client.GetResponseAsync("hello", new ChatOptions { Seed = seed }, cancellationToken: Cancellation);
        while (!answer.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }

        return await answer;
    }
}
