using PelNas.Shared.Llm.Caching;

namespace PelNas.Shared.Tests.Llm.Caching;

/// <summary>About questions that are asked while the same one has no answer yet.</summary>
public sealed partial class AnswerCacheChatClientTests
{
    [Fact]
    public async Task The_same_prompt_at_the_same_time_is_asked_once_and_answered_alike()
    {
        using GatedChatClient gated = new();
        using AnswerCacheChatClient client = new(gated, _store);
        Task<ChatResponse>[] asked = [AskAsync(client), AskAsync(client), AskAsync(client)];
        await gated.Asked;
        gated.Open();

        (await Task.WhenAll(asked)).Select(response => response.Text).ShouldBe(["answer 1", "answer 1", "answer 1"]);
        gated.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Where_the_first_gets_no_answer_the_next_one_asks()
    {
        using GatedChatClient gated = new(new HttpRequestException("reset"));
        using AnswerCacheChatClient client = new(gated, _store);
        Task<ChatResponse> first = AskAsync(client);
        await gated.Asked;
        Task<ChatResponse> second = AskAsync(client);
        gated.Open();

        await Should.ThrowAsync<HttpRequestException>(() => first);
        (await second).Text.ShouldBe("answer 2");
    }

    [Fact]
    public async Task Where_the_provider_is_away_all_that_wait_fail_with_the_first()
    {
        ProposerFault away = new(FaultKind.Unreachable, "ollama at 127.0.0.1 cannot be reached.", RetryAfter: TimeSpan.FromMinutes(2));
        using GatedChatClient gated = new(away.ToException());
        using AnswerCacheChatClient client = new(gated, _store);
        Task<ChatResponse>[] asked = [AskAsync(client), AskAsync(client), AskAsync(client)];
        await gated.Asked;
        gated.Open();

        foreach (Task<ChatResponse> call in asked)
        {
            (await Should.ThrowAsync<ProposerUnavailableException>(() => call)).Fault.ShouldBe(away);
        }

        gated.Count.ShouldBe(1);
        (await AskAsync(client)).Text.ShouldBe("answer 2");
    }

    [Fact]
    public async Task Where_the_first_has_no_budget_left_another_run_asks_for_itself()
    {
        using GatedChatClient gated = new(new BudgetExhaustedException("poor", StopReasons.Usd));
        using AnswerCacheChatClient client = new(gated, _store);
        Task<ChatResponse> first = AskAsync(client);
        await gated.Asked;
        Task<ChatResponse>[] others = [AskAsync(client), AskAsync(client)];
        gated.Open();

        await Should.ThrowAsync<BudgetExhaustedException>(() => first);
        (await Task.WhenAll(others)).Select(response => response.Text).ShouldBe(["answer 2", "answer 2"]);
    }

    [Fact]
    public async Task Where_the_first_is_cancelled_the_next_one_asks_for_itself()
    {
        using CancellationTokenSource stopping = new();
        using GatedChatClient gated = new();
        using AnswerCacheChatClient client = new(gated, _store);
        Task<ChatResponse> first = AskAsync(client, stopping.Token);
        await gated.Asked;
        Task<ChatResponse> second = AskAsync(client);
        await stopping.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        gated.Open();

        (await second).Text.ShouldBe("answer 2");
    }

    /// <summary>Answers each call otherwise, or fails the first one, and has it wait until it is told.</summary>
    private sealed class GatedChatClient(Exception? firstFails = null) : DelegatingChatClient(new ScriptedChatClient(_ => ""))
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public int Count => _count;

        public Task Asked => _asked.Task;

        public void Open() => _gate.SetResult();

        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            int count = Interlocked.Increment(ref _count);
            _asked.TrySetResult();
            await _gate.Task.WaitAsync(cancellationToken);
            return firstFails is not null && count == 1
                ? throw firstFails
                : new ChatResponse(new ChatMessage(ChatRole.Assistant, $"answer {count}"));
        }
    }
}
