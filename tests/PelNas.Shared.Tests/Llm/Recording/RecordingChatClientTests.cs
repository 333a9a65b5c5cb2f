using Microsoft.Extensions.AI;
using PelNas.Shared.Llm.Recording;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Llm.Recording;

public sealed class RecordingChatClientTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly ScriptedChatClient _inner = new(_ => "an answer");

    private string Recording => _folder.File("recording.jsonl");

    [Fact]
    public async Task A_recording_whose_last_line_was_cut_off_goes_on_and_can_be_replayed()
    {
        await AskAsync("first", "second");
        string whole = await File.ReadAllTextAsync(Recording, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Recording, whole[..^20], TestContext.Current.CancellationToken);

        await AskAsync("second", "third");

        (await File.ReadAllTextAsync(Recording, TestContext.Current.CancellationToken)).ShouldStartWith(whole);
        using ReplayChatClient replay = new(Recording);
        foreach (string prompt in new[] { "first", "second", "third" })
        {
            (await replay.GetResponseAsync(prompt, cancellationToken: TestContext.Current.CancellationToken)).Text.ShouldBe("an answer");
        }
    }

    [Fact]
    public async Task A_file_that_is_no_recording_is_left_as_it_is()
    {
        await File.WriteAllTextAsync(Recording, "dear diary", TestContext.Current.CancellationToken);

        Should.Throw<RecordingException>(() => new RecordingChatClient(_inner, Recording));

        (await File.ReadAllTextAsync(Recording, TestContext.Current.CancellationToken)).ShouldBe("dear diary");
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("9223372036854775807")]
    public async Task A_count_of_tokens_that_no_answer_has_is_refused(string count)
    {
        await AskAsync("first");
        string whole = await File.ReadAllTextAsync(Recording, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Recording, whole.Replace("\"inputTokens\":0", $"\"inputTokens\":{count}", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Should.Throw<RecordingException>(() => new ReplayChatClient(Recording)).Message.ShouldContain("a count of tokens in line 2 that no answer has");
    }

    public void Dispose()
    {
        _inner.Dispose();
        _folder.Dispose();
    }

    private async Task AskAsync(params string[] prompts)
    {
        RecordingChatClient client = new(_inner, Recording);
        foreach (string prompt in prompts)
        {
            await client.GetResponseAsync(prompt, cancellationToken: TestContext.Current.CancellationToken);
        }
    }
}
