using PelNas.Shared.Llm.Caching;

namespace PelNas.Shared.Tests.Llm.Caching;

public sealed class RecordingFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedChatClient _inner = new(_ => "an answer");

    private string Recording => _folder.File("recording.jsonl");

    [Fact]
    public async Task A_recording_whose_last_line_was_cut_off_goes_on_and_can_be_replayed()
    {
        await AskAsync("first", "second");
        string whole = await File.ReadAllTextAsync(Recording, Cancellation);
        await File.WriteAllTextAsync(Recording, whole[..^20], Cancellation);

        await AskAsync("second", "third");

        (await File.ReadAllTextAsync(Recording, Cancellation)).ShouldStartWith(whole);
        using IChatClient replay = Replay();
        foreach (string prompt in new[] { "first", "second", "third" })
        {
            (await replay.GetResponseAsync(prompt, cancellationToken: Cancellation)).Text.ShouldBe("an answer");
        }
    }

    [Fact]
    public async Task A_file_that_is_no_recording_is_left_as_it_is()
    {
        await File.WriteAllTextAsync(Recording, "dear diary", Cancellation);

        Should.Throw<RecordingException>(() => Record(_inner));

        (await File.ReadAllTextAsync(Recording, Cancellation)).ShouldBe("dear diary");
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("9223372036854775807")]
    public async Task A_count_of_tokens_that_no_answer_has_is_refused(string count)
    {
        await AskAsync("first");
        string whole = await File.ReadAllTextAsync(Recording, Cancellation);
        string changed = whole.Replace("\"inputTokens\":0", $"\"inputTokens\":{count}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Recording, changed, Cancellation);

        Should.Throw<RecordingException>(Replay).Message.ShouldContain("a count of tokens in line 2 that no answer has");
    }

    [Fact]
    public async Task A_recording_of_another_proposer_is_not_gone_on_with()
    {
        await AskAsync("first");

        Should.Throw<RecordingException>(() => RecordingFile.OpenToRecord(Recording, new ChatClientMetadata("openai", defaultModelId: "m")))
            .Message.ShouldContain("is of scripted/test, and the proposer is openai/m");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"format\":\"pelnas-recording/1\",\"provider\":\"openai\",\"model\":\"m\"}\n")]
    public async Task What_is_no_recording_is_not_replayed(string text)
    {
        await File.WriteAllTextAsync(Recording, text, Cancellation);

        Should.Throw<RecordingException>(Replay).Message.ShouldContain(Recording);
    }

    [Fact]
    public async Task A_header_whose_line_has_no_end_gets_one()
    {
        await AskAsync();
        string header = await File.ReadAllTextAsync(Recording, Cancellation);
        await File.WriteAllTextAsync(Recording, header.TrimEnd(), Cancellation);

        await AskAsync("first");

        (await File.ReadAllTextAsync(Recording, Cancellation)).ShouldStartWith(header);
        using IChatClient replay = Replay();
        (await replay.GetResponseAsync("first", cancellationToken: Cancellation)).Text.ShouldBe("an answer");
    }

    [Fact]
    public async Task What_came_first_of_a_prompt_stays_and_the_run_goes_by_what_it_gets()
    {
        await AskAsync("first");
        using ScriptedChatClient later = new(_ => "another answer");
        using AnswerCacheChatClient again = Record(later);

        (await again.GetResponseAsync("first", cancellationToken: Cancellation)).Text.ShouldBe("another answer");

        using IChatClient replay = Replay();
        (await replay.GetResponseAsync("first", cancellationToken: Cancellation)).Text.ShouldBe("an answer");
    }

    [Fact]
    public async Task Unusable_answers_and_a_want_of_budget_come_again_in_a_replay_for_any_run()
    {
        using ScriptedChatClient failing = new(messages => throw (messages[0].Text == "poor"
            ? new BudgetExhaustedException("recorded", StopReasons.LlmCalls)
            : new BadAnswerException(new ProposerFault(FaultKind.ContentFilter, "filtered")) { Charged = new ChatUsage(1, 90, 50, 0.5) }));
        using (AnswerCacheChatClient recorder = Record(failing))
        {
            await Should.ThrowAsync<BudgetExhaustedException>(() => AskForAsync(recorder, "poor", "recorded"));
            await Should.ThrowAsync<BadAnswerException>(() => AskForAsync(recorder, "filtered", "recorded"));
        }

        using IChatClient replay = Replay();

        BudgetExhaustedException poor = await Should.ThrowAsync<BudgetExhaustedException>(() => AskForAsync(replay, "poor", "replayed"));
        poor.StopReason.ShouldBe(StopReasons.LlmCalls);
        BadAnswerException unusable = await Should.ThrowAsync<BadAnswerException>(() => AskForAsync(replay, "filtered", "replayed"));
        (unusable.Fault.Kind, unusable.Message).ShouldBe((FaultKind.ContentFilter, "filtered"));
        unusable.Charged.ShouldBe(new ChatUsage(1, 90, 50, 0));
        Func<Task> other = () => AskForAsync(replay, "unheard of", "replayed");
        (await Should.ThrowAsync<ProposerRefusedException>(other)).Fault.Kind.ShouldBe(FaultKind.NotRecorded);
    }

    [Fact]
    public void A_replay_is_named_as_one_and_costs_nothing()
    {
        Record(_inner).Dispose();

        using IChatClient replay = Replay();

        replay.GetService<ChatClientMetadata>()!.ProviderName.ShouldBe("replay of scripted");
        replay.GetService<ModelPrice>()!.IsFree.ShouldBeTrue();
    }

    public void Dispose()
    {
        _inner.Dispose();
        _folder.Dispose();
    }

    private AnswerCacheChatClient Record(IChatClient inner)
    {
        RecordingFile recording = RecordingFile.OpenToRecord(Recording, inner.GetService<ChatClientMetadata>());
        return new AnswerCacheChatClient(inner, recording, recording.Proposer);
    }

    private AnswerCacheChatClient Replay()
    {
        RecordingFile recording = RecordingFile.OpenToReplay(Recording);
        return new AnswerCacheChatClient(recording.RefuseTheRest(), recording, recording.Proposer);
    }

    private static Task<ChatResponse> AskForAsync(IChatClient client, string prompt, string run)
    {
        ChatOptions options = new();
        new ChatCall(run).AddTo(options);
        return client.GetResponseAsync(prompt, options, Cancellation);
    }

    private async Task AskAsync(params string[] prompts)
    {
        AnswerCacheChatClient client = Record(_inner);
        foreach (string prompt in prompts)
        {
            await client.GetResponseAsync(prompt, cancellationToken: Cancellation);
        }
    }
}
