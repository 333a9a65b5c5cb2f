using PelNas.Shared.Llm.Caching;

namespace PelNas.Shared.Tests.Llm.Caching;

public sealed partial class AnswerCacheChatClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteRowStore _rows;
    private readonly AnswerRepository _store;
    private readonly ScriptedChatClient _inner = new(_ => "an answer", inputTokens: 70, outputTokens: 30);
    private readonly AnswerCacheChatClient _client;

    public AnswerCacheChatClientTests()
    {
        _rows = new SqliteRowStore(_folder.File("store.db"));
        _store = new AnswerRepository(_rows, TimeProvider.System);
        _client = new AnswerCacheChatClient(_inner, _store);
    }

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
        using SqliteRowStore other = new(_folder.File("store.db"));

        (await new AnswerCacheChatClient(_inner, new AnswerRepository(other, TimeProvider.System)).GetResponseAsync(
            [new ChatMessage(ChatRole.User, "hello")], new ChatOptions { Seed = 1 }, Cancellation)).Text.ShouldBe("an answer");

        _inner.Calls.Count.ShouldBe(1);
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
        await _client.GetResponseAsync("hello", new ChatOptions { MaxOutputTokens = 10 }, Cancellation);
        await _client.GetResponseAsync("hello", new ChatOptions { MaxOutputTokens = 20 }, Cancellation);

        _inner.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_model_at_another_address_is_another_question()
    {
        using AnswerCacheChatClient here = new(new PlacedChatClient(_inner, "https://here.example/v1"), _store);
        using AnswerCacheChatClient there = new(new PlacedChatClient(_inner, "https://there.example/v1"), _store);

        await here.GetResponseAsync("hello", cancellationToken: Cancellation);
        await there.GetResponseAsync("hello", cancellationToken: Cancellation);

        _inner.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_refusal_stays_one()
    {
        using AnswerCacheChatClient client = new(new RefusingChatClient(), _store);
        await client.GetResponseAsync("hello", cancellationToken: Cancellation);

        ChatResponse again = await client.GetResponseAsync("hello", cancellationToken: Cancellation);

        again.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>().ShouldHaveSingleItem().Message
            .ShouldBe("I cannot help with that.");
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
    public async Task An_unusable_answer_comes_again_for_the_run_that_has_paid_and_others_ask_for_themselves()
    {
        ChatUsage charged = new(1, 900, 500, Usd: null);
        BadAnswerException unusable = new(new ProposerFault(FaultKind.Malformed, "no answer")) { Charged = charged };
        int asked = 0;
        using ScriptedChatClient inner = new(_ => ++asked == 1 ? throw unusable : "an answer");
        using AnswerCacheChatClient client = new(inner, _store);

        for (int delivery = 0; delivery < 2; delivery++)
        {
            BadAnswerException exception = await Should.ThrowAsync<BadAnswerException>(() => AskForAsync(client, "payer"));
            (exception.Fault.Kind, exception.Message, exception.Charged).ShouldBe((FaultKind.Malformed, "no answer", charged));
        }

        asked.ShouldBe(1);
        (await AskForAsync(client, "other")).Text.ShouldBe("an answer");
        FreeAnswer.Is(await AskForAsync(client, "payer")).ShouldBeTrue("the other run has paid for an answer that can be used");
    }

    [Fact]
    public async Task A_want_of_budget_is_not_kept()
    {
        int asked = 0;
        using ScriptedChatClient inner = new(_ => ++asked == 1 ? throw new BudgetExhaustedException("poor", StopReasons.Usd) : "an answer");
        using AnswerCacheChatClient client = new(inner, _store);

        await Should.ThrowAsync<BudgetExhaustedException>(() => AskForAsync(client, "poor"));

        (await AskForAsync(client, "poor")).Text.ShouldBe("an answer");
    }

    [Fact]
    public async Task An_answer_that_comes_after_the_caller_was_cancelled_is_kept()
    {
        using CancellationTokenSource stopping = new();
        int asked = 0;
        using ScriptedChatClient inner = new(_ =>
        {
            asked++;
            stopping.Cancel();
            return "paid for";
        });
        using AnswerCacheChatClient client = new(inner, _store);
        await AskAsync(client, stopping.Token);

        (await AskAsync(client)).Text.ShouldBe("paid for");
        asked.ShouldBe(1);
    }

    [Fact]
    public void The_key_of_a_prompt_stays_what_it_was()
    {
        ChatClientMetadata openAI = new("openai", new Uri("https://api.openai.com/v1"), "m");
        ChatMessage[] prompt = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Hello.")];

        // SHA-256 of all parts, each behind its length as four bytes, made outside this program.
        PromptHash.Of(openAI, prompt, new ChatOptions { Seed = 7, MaxOutputTokens = 500 })
            .ShouldBe("3350a7c5f0f4e9b1d2e1af7895b4aaef7de758681df0996fbc71c11069b74994");
    }

    [Fact]
    public async Task The_border_between_messages_counts()
    {
        await _client.GetResponseAsync([new(ChatRole.User, "ab"), new(ChatRole.User, "c")], cancellationToken: Cancellation);
        await _client.GetResponseAsync([new(ChatRole.User, "a"), new(ChatRole.User, "bc")], cancellationToken: Cancellation);

        _inner.Calls.Count.ShouldBe(2);
    }

    public void Dispose()
    {
        _client.Dispose();
        _rows.Dispose();
        _folder.Dispose();
    }

    private Task<ChatResponse> AskForAsync(string run) => AskForAsync(_client, run);

    private static Task<ChatResponse> AskForAsync(AnswerCacheChatClient client, string run)
    {
        ChatOptions options = new();
        new ChatCall(run).AddTo(options);
        return client.GetResponseAsync("hello", options, Cancellation);
    }

    private Task<ChatResponse> AskAsync(string text, int seed)
        => _client.GetResponseAsync([new ChatMessage(ChatRole.User, text)], new ChatOptions { Seed = seed }, Cancellation);

    private static Task<ChatResponse> AskAsync(AnswerCacheChatClient client) => AskAsync(client, Cancellation);

    private static Task<ChatResponse> AskAsync(AnswerCacheChatClient client, CancellationToken cancellationToken)
        => client.GetResponseAsync([new ChatMessage(ChatRole.User, "hello")], new ChatOptions { Seed = 1 }, cancellationToken);

    private sealed class PlacedChatClient(IChatClient inner, string address) : DelegatingChatClient(inner)
    {
        public override object? GetService(Type serviceType, object? serviceKey = null)
            => serviceType == typeof(ChatClientMetadata)
                ? new ChatClientMetadata("openai", new Uri(address), "m")
                : base.GetService(serviceType, serviceKey);
    }

    private sealed class RefusingChatClient() : DelegatingChatClient(new ScriptedChatClient(_ => ""))
    {
        public override Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            ChatMessage refusal = new(ChatRole.Assistant, [new ErrorContent("I cannot help with that.")]);
            return Task.FromResult(new ChatResponse(refusal) { FinishReason = ChatFinishReason.Stop });
        }
    }
}
