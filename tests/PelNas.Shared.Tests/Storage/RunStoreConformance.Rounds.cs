using PelNas.Shared.Records;
using PelNas.Shared.Storage;


namespace PelNas.Shared.Tests.Storage;

public abstract partial class RunStoreConformance
{
    [Fact]
    public async Task Rounds_are_read_as_they_were_written_by_partition_then_generation()
    {
        RoundRow[] rounds =
        [
            StoreSamples.Round(RoundRow.WholeRun, 0), StoreSamples.Round(RoundRow.WholeRun, 1),
            StoreSamples.Round(0, 0), StoreSamples.Round(0, 2), StoreSamples.Round(0, 10),
            StoreSamples.Round(1, 0),
        ];
        foreach (RoundRow round in rounds.Reverse())
        {
            await Store.PutRoundAsync(RunId, round, Token);
        }

        ShouldBeSame(await Store.GetRoundsAsync(RunId, Token), rounds);
        ShouldBeSame(await Store.GetRoundAsync(RunId, RoundRow.WholeRun, 1, Token), rounds[1]);
        ShouldBeSame(await Store.GetRoundAsync(RunId, 0, 10, Token), rounds[4]);
        (await Store.GetRoundAsync(RunId, 0, 1, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Writing_a_round_again_replaces_all_of_it()
    {
        await Store.PutRoundAsync(RunId, StoreSamples.Round(RoundRow.WholeRun, 1), Token);
        RoundRow second = new() { Partition = RoundRow.WholeRun, Generation = 1 };
        await Store.PutRoundAsync(RunId, second, Token);
        await Store.PutRoundAsync(RunId, second, Token);
        ShouldBeSame(await Store.GetRoundsAsync(RunId, Token), [second]);
    }

    [Fact]
    public async Task A_round_keeps_many_rejected_proposals_with_difficult_texts()
    {
        RoundRow round = StoreSamples.Round(0, 1) with
        {
            Rejected = [.. Enumerable.Range(0, 100).SelectMany(_ => DifficultTexts.Select(text => new RejectedProposal(text.Data, "illegal", text.Data)))],
        };
        await Store.PutRoundAsync(RunId, round, Token);
        ShouldBeSame(await Store.GetRoundAsync(RunId, 0, 1, Token), round);
    }

    [Fact]
    public async Task A_round_with_a_number_that_is_not_finite_is_refused()
    {
        await Should.ThrowAsync<ArgumentException>(() => Store.PutRoundAsync(RunId, StoreSamples.Round(0, 1) with { Hypervolume = double.NaN }, Token));
        await Should.ThrowAsync<ArgumentException>(() =>
            Store.PutRoundAsync(RunId, StoreSamples.Round(0, 1) with { Usage = new ChatUsage(1, 1, 1, double.PositiveInfinity) }, Token));
    }

    [Fact]
    public async Task A_sample_of_an_answer_that_is_no_text_is_refused()
    {
        AnswerTally torn = AnswerTally.One(new UnusableAnswers(UnusableKind.Empty, 1, "\ud800"));
        foreach (RoundRow round in new[]
        {
            StoreSamples.Round(0, 1) with { Answers = torn },
            StoreSamples.Round(0, 1) with { RunAnswers = new RunAnswers(torn) },
            StoreSamples.Round(0, 1) with { RunAnswers = new RunAnswers(AnswerTally.None, 1, torn) },
        })
        {
            ArgumentException refused = await Should.ThrowAsync<ArgumentException>(() => Store.PutRoundAsync(RunId, round, Token));
            refused.Message.ShouldContain("unusable[].sample");
        }

        HeuristicsRow heuristics = StoreSamples.Heuristics(0, 1) with { Answers = torn };
        await Should.ThrowAsync<ArgumentException>(() => Store.PutHeuristicsAsync(RunId, heuristics, Token));
    }

    [Fact]
    public async Task Heuristics_are_read_as_they_were_written_by_generation()
    {
        HeuristicsRow[] rows = [StoreSamples.Heuristics(3, 1), StoreSamples.Heuristics(3, 2), StoreSamples.Heuristics(3, 10)];
        foreach (HeuristicsRow row in rows.Reverse())
        {
            await Store.PutHeuristicsAsync(RunId, row, Token);
        }

        await Store.PutHeuristicsAsync(RunId, StoreSamples.Heuristics(4, 1), Token);
        ShouldBeSame(await Store.GetHeuristicsAsync(RunId, 3, Token), rows);
        (await Store.GetHeuristicsAsync(RunId, 0, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Writing_heuristics_again_replaces_them()
    {
        await Store.PutHeuristicsAsync(RunId, StoreSamples.Heuristics(0, 1), Token);
        HeuristicsRow second = StoreSamples.Heuristics(0, 1) with { Rules = [] };
        await Store.PutHeuristicsAsync(RunId, second, Token);
        await Store.PutHeuristicsAsync(RunId, second, Token);
        ShouldBeSame(await Store.GetHeuristicsAsync(RunId, 0, Token), [second]);
    }

    [Fact]
    public async Task Heuristics_with_a_confidence_that_is_not_finite_are_refused()
    {
        HeuristicsRow row = StoreSamples.Heuristics(0, 1);
        row = row with { Rules = [row.Rules[0] with { Confidence = double.NaN }] };
        await Should.ThrowAsync<ArgumentException>(() => Store.PutHeuristicsAsync(RunId, row, Token));
    }

    [Fact]
    public async Task An_answer_is_read_as_it_was_written_last()
    {
        (await Store.GetChatAnswerAsync(StoreSamples.Hash(1), Token)).ShouldBeNull();
        await Store.PutChatAnswerAsync(StoreSamples.Hash(1), "first", Token);
        await Store.PutChatAnswerAsync(StoreSamples.Hash(2), "other", Token);
        await Store.PutChatAnswerAsync(StoreSamples.Hash(1), "second", Token);
        await Store.PutChatAnswerAsync(StoreSamples.Hash(1), "second", Token);
        (await Store.GetChatAnswerAsync(StoreSamples.Hash(1), Token)).ShouldBe("second");
        (await Store.GetChatAnswerAsync(StoreSamples.Hash(2), Token)).ShouldBe("other");
    }

    [Theory]
    [MemberData(nameof(DifficultTexts))]
    public async Task Difficult_texts_survive_in_an_answer(string text)
    {
        await Store.PutChatAnswerAsync(StoreSamples.Hash(1), text, Token);
        (await Store.GetChatAnswerAsync(StoreSamples.Hash(1), Token)).ShouldBe(text);
    }

    [Theory]
    [InlineData(32_001)]
    [InlineData(100_000)]
    [InlineData(700_000)]
    public async Task Long_answers_survive(int length)
    {
        // Three bytes a character in UTF-8: the longest is over 2 MB.
        string answer = new('漢', length);
        await Store.PutChatAnswerAsync(StoreSamples.Hash(1), answer, Token);
        (await Store.GetChatAnswerAsync(StoreSamples.Hash(1), Token) == answer).ShouldBeTrue("the answer should come back unchanged");
    }

    [Fact]
    public async Task A_long_answer_is_replaced_by_a_short_one_and_the_other_way_round()
    {
        await Store.PutChatAnswerAsync(StoreSamples.Hash(1), new string('a', 100_000), Token);
        await Store.PutChatAnswerAsync(StoreSamples.Hash(1), "short", Token);
        (await Store.GetChatAnswerAsync(StoreSamples.Hash(1), Token)).ShouldBe("short");
        await Store.PutChatAnswerAsync(StoreSamples.Hash(1), new string('b', 100_000), Token);
        (await Store.GetChatAnswerAsync(StoreSamples.Hash(1), Token))!.Length.ShouldBe(100_000);
    }

    [Fact]
    public async Task An_answer_over_the_limit_is_refused() =>
        (await Should.ThrowAsync<ArgumentException>(() => Store.PutChatAnswerAsync(StoreSamples.Hash(1), new string('a', StoreGuard.MaxAnswerLength + 1), Token)))
            .Message.ShouldContain("answer has");

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85/")]
    public async Task What_is_no_prompt_hash_is_refused(string hash)
    {
        await Should.ThrowAsync<ArgumentException>(() => Store.PutChatAnswerAsync(hash, "answer", Token));
        await Should.ThrowAsync<ArgumentException>(() => Store.GetChatAnswerAsync(hash, Token));
    }
}
