namespace PelNas.Shared.Tests.Storage;

public sealed class AnswerRepositoryTests : RepositoryTest
{
    private readonly FakeTimeProvider _time = new(Noon);
    private readonly AnswerRepository _answers;

    public AnswerRepositoryTests() => _answers = new AnswerRepository(Rows, _time);

    [Fact]
    public async Task An_answer_is_found_by_its_prompt_and_the_last_one_counts()
    {
        (await _answers.GetAnswerAsync(StoreSamples.Hash(1), Cancellation)).ShouldBeNull();
        await _answers.PutAnswerAsync(StoreSamples.Hash(1), "first", Cancellation);
        await _answers.PutAnswerAsync(StoreSamples.Hash(1), "\0 \u202E \U0001F9E0 漢", Cancellation);
        await _answers.PutAnswerAsync(StoreSamples.Hash(2), new string('x', 300_000), Cancellation);
        (await _answers.GetAnswerAsync(StoreSamples.Hash(1), Cancellation)).ShouldBe("\0 \u202E \U0001F9E0 漢");
        (await _answers.GetAnswerAsync(StoreSamples.Hash(2), Cancellation))!.Length.ShouldBe(300_000);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_that_a_model_wrote_keeps_no_answer_from_being_stored()
    {
        await _answers.PutAnswerAsync(StoreSamples.Hash(1), "a\uD83Eb", Cancellation);
        (await _answers.GetAnswerAsync(StoreSamples.Hash(1), Cancellation)).ShouldBe("a\uFFFDb");
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000/1")]
    [InlineData("A000000000000000000000000000000000000000000000000000000000000000")]
    public Task What_is_no_hash_is_refused(string hash)
        => Should.ThrowAsync<ArgumentException>(() => _answers.GetAnswerAsync(hash, Cancellation));

    [Fact]
    public async Task Answers_are_deleted_by_age_and_only_so_many_at_once()
    {
        // Of several partitions: their hashes begin differently.
        string[] hashes = [.. Enumerable.Range(0, 5).Select(number => $"{number * 50:x2}{StoreSamples.Hash(number)[2..]}")];
        foreach (string hash in hashes)
        {
            await _answers.PutAnswerAsync(hash, "old", Cancellation);
        }

        _time.Advance(TimeSpan.FromHours(1));
        await _answers.PutAnswerAsync(hashes[0], "again", Cancellation);
        (await _answers.DeleteBeforeAsync(Noon, 10, Cancellation)).ShouldBe(0);
        (await _answers.DeleteBeforeAsync(Noon.AddTicks(1), 3, Cancellation)).ShouldBe(3);
        (await _answers.DeleteBeforeAsync(Noon.AddTicks(1), 10, Cancellation)).ShouldBe(1);
        (await _answers.GetAnswerAsync(hashes[4], Cancellation)).ShouldBeNull();
        (await _answers.GetAnswerAsync(hashes[0], Cancellation)).ShouldBe("again");
        await Should.ThrowAsync<ArgumentException>(() => _answers.DeleteBeforeAsync(Noon, -1, Cancellation));
    }

    [Fact]
    public async Task A_damaged_row_is_named()
    {
        await _answers.PutAnswerAsync(StoreSamples.Hash(1), "answer", Cancellation);
        await ShouldNameTheDamagedRowAsync(
            "LlmCache", "00", () => _answers.GetAnswerAsync(StoreSamples.Hash(1), Cancellation),
            () => _answers.DeleteBeforeAsync(Noon, 1, Cancellation));
    }
}
