using Microsoft.Extensions.AI;
using PelNas.Shared.Llm;
using PelNas.Shared.Llm.Budget;
using PelNas.Shared.Llm.Faults;
using PelNas.Shared.Llm.Providers;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Rows;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Llm;

public sealed class PromptCacheChatClientTests : IDisposable
{
    private readonly AnswerRepository _store = new(new MemoryRowStore(), TimeProvider.System);
    private readonly ScriptedChatClient _inner = new(_ => "an answer", inputTokens: 70, outputTokens: 30);
    private readonly PromptCacheChatClient _client;

    public PromptCacheChatClientTests() => _client = new PromptCacheChatClient(_inner, _store);

    [Fact]
    public async Task The_same_prompt_is_paid_once_and_counts_the_same_tokens()
    {
        ChatResponse first = await AskAsync("hello", seed: 1);
        ChatResponse second = await AskAsync("hello", seed: 1);

        _inner.Calls.Count.ShouldBe(1);
        second.Text.ShouldBe(first.Text);
        (second.Usage!.InputTokenCount, second.Usage.OutputTokenCount).ShouldBe((70, 30));
    }

    [Fact]
    public async Task Another_process_finds_the_answer()
    {
        await AskAsync("hello", seed: 1);

        (await new PromptCacheChatClient(_inner, _store).GetResponseAsync(
            [new ChatMessage(ChatRole.User, "hello")], new ChatOptions { Seed = 1 }, TestContext.Current.CancellationToken)).Text.ShouldBe("an answer");

        _inner.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_prompt_at_the_same_time_is_asked_once_and_answered_alike()
    {
        using GatedChatClient gated = new();
        using PromptCacheChatClient client = new(gated, _store);
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
        using PromptCacheChatClient client = new(gated, _store);
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
        using PromptCacheChatClient client = new(gated, _store);
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
        using PromptCacheChatClient client = new(gated, _store);
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
        using PromptCacheChatClient client = new(gated, _store);
        Task<ChatResponse> first = AskAsync(client, stopping.Token);
        await gated.Asked;
        Task<ChatResponse> second = AskAsync(client);
        await stopping.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        gated.Open();

        (await second).Text.ShouldBe("answer 2");
    }

    [Theory]
    [InlineData("hello!", 1)]
    [InlineData("hello", 2)]
    public async Task Another_prompt_or_seed_is_another_question(string text, int seed)
    {
        await AskAsync("hello", seed: 1);
        await AskAsync(text, seed);

        _inner.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_longer_answer_is_another_question()
    {
        await _client.GetResponseAsync("hello", new ChatOptions { MaxOutputTokens = 10 }, TestContext.Current.CancellationToken);
        await _client.GetResponseAsync("hello", new ChatOptions { MaxOutputTokens = 20 }, TestContext.Current.CancellationToken);

        _inner.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_model_at_another_address_is_another_question()
    {
        using PromptCacheChatClient here = new(new NamedChatClient(_inner, "openai", new Uri("https://here.example/v1"), "m"), _store);
        using PromptCacheChatClient there = new(new NamedChatClient(_inner, "openai", new Uri("https://there.example/v1"), "m"), _store);

        await here.GetResponseAsync("hello", cancellationToken: TestContext.Current.CancellationToken);
        await there.GetResponseAsync("hello", cancellationToken: TestContext.Current.CancellationToken);

        _inner.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_refusal_stays_one()
    {
        using PromptCacheChatClient client = new(new RefusingChatClient(), _store);
        await client.GetResponseAsync("hello", cancellationToken: TestContext.Current.CancellationToken);

        ChatResponse again = await client.GetResponseAsync("hello", cancellationToken: TestContext.Current.CancellationToken);

        again.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>().ShouldHaveSingleItem().Message.ShouldBe("I cannot help with that.");
        again.Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_is_free_for_all_runs_but_the_one_that_has_paid()
    {
        FreeAnswer.Is(await AskForAsync("payer")).ShouldBeFalse();
        FreeAnswer.Is(await AskForAsync("payer")).ShouldBeFalse();
        FreeAnswer.Is(await AskForAsync("other")).ShouldBeTrue();
    }

    [Fact]
    public async Task The_border_between_messages_counts()
    {
        await _client.GetResponseAsync([new(ChatRole.User, "ab"), new(ChatRole.User, "c")], cancellationToken: TestContext.Current.CancellationToken);
        await _client.GetResponseAsync([new(ChatRole.User, "a"), new(ChatRole.User, "bc")], cancellationToken: TestContext.Current.CancellationToken);

        _inner.Calls.Count.ShouldBe(2);
    }

    public void Dispose() => _client.Dispose();

    private Task<ChatResponse> AskForAsync(string run)
    {
        ChatOptions options = new();
        new ChatCall(run, null, null).AddTo(options);
        return _client.GetResponseAsync("hello", options, TestContext.Current.CancellationToken);
    }

    private Task<ChatResponse> AskAsync(string text, int seed)
        => _client.GetResponseAsync([new ChatMessage(ChatRole.User, text)], new ChatOptions { Seed = seed }, TestContext.Current.CancellationToken);

    private static Task<ChatResponse> AskAsync(PromptCacheChatClient client)
        => AskAsync(client, TestContext.Current.CancellationToken);

    private static Task<ChatResponse> AskAsync(PromptCacheChatClient client, CancellationToken cancellationToken)
        => client.GetResponseAsync([new ChatMessage(ChatRole.User, "hello")], new ChatOptions { Seed = 1 }, cancellationToken);

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

    private sealed class RefusingChatClient() : DelegatingChatClient(new ScriptedChatClient(_ => ""))
    {
        public override Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
            => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [new ErrorContent("I cannot help with that.")])) { FinishReason = ChatFinishReason.Stop });
    }
}
