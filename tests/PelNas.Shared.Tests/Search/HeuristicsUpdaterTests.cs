namespace PelNas.Shared.Tests.Search;

public sealed class HeuristicsUpdaterTests
{
    [Fact]
    public async Task Rules_come_from_the_partitions_labels()
    {
        StepHarness search = new();
        await search.SearchAsync(generations: 3);

        IReadOnlyList<HeuristicsRow> rows = (await search.HistoryAsync()).Heuristics(2);

        rows.Select(row => row.Generation).ShouldBe([1, 2, 3]);
        rows[^1].Rules.ShouldNotBeEmpty();
        rows[^1].Rules.ShouldAllBe(rule => rule.Confidence >= 0 && rule.Confidence <= 1 && rule.Evidence.Length > 0);
    }

    [Fact]
    public async Task Of_too_many_rules_the_most_trusted_are_kept()
    {
        string rules = string.Join(
            ',', Enumerable.Range(0, 20).Select(k => $$"""{"kind":"positive","text":"{{k}}","confidence":{{(k + 1) / 100.0:0.00}}}"""));
        StepHarness search = new(new ScriptedChatClient(_ => $$"""{"rules":[{{rules}}]}"""));
        await search.PlanAsync();

        HeuristicsRow row = await search.UpdateHeuristicsAsync(1, generation: 1);

        row.Rules.Select(rule => rule.Text).ShouldBe(Enumerable.Range(8, 12).Select(k => $"{k}"));
    }

    [Theory]
    [InlineData("", UnusableKind.Empty)]
    [InlineData("Use skips.", UnusableKind.Unreadable)]
    [InlineData("I'm sorry, I can't.", UnusableKind.Refusal)]
    [InlineData("{\"rules\":[{\"text\":\"cut o", UnusableKind.Truncated)]
    public async Task Every_answer_without_rules_is_counted_with_its_reason(string answer, UnusableKind kind)
    {
        StepHarness search = new(new ScriptedChatClient(_ => answer));
        await search.PlanAsync();

        HeuristicsRow row = await search.UpdateHeuristicsAsync(1, generation: 1);

        row.Answers.Answers.ShouldBe(2);
        UnusableAnswers unusable = row.Answers.Unusable.ShouldHaveSingleItem();
        (unusable.Kind, unusable.Count).ShouldBe((kind, 2));
        unusable.Sample.ShouldBe(answer.Length > 0 ? answer : "the answer holds no JSON list 'rules'");
    }

    [Fact]
    public async Task Rules_or_that_there_are_none_are_an_answer()
    {
        string answer = """{"rules":[{"text":"Use skips."}]}""";
        StepHarness search = new(new ScriptedChatClient(_ => answer));
        await search.PlanAsync();

        AnswerTally some = (await search.UpdateHeuristicsAsync(1, generation: 1)).Answers;
        answer = """{"rules":[]}""";
        AnswerTally none = (await search.UpdateHeuristicsAsync(1, generation: 2)).Answers;

        new[] { some, none }.ShouldAllBe(answers => answers.Answers == 1 && answers.Unusable.Count == 0);
    }

    [Theory]
    [InlineData("sorry")]
    [InlineData("""{"rules":[]}""")]
    public async Task An_unreadable_or_empty_answer_leaves_the_old_rules_in_force(string bad)
    {
        string good =
            """{"rules":[{"kind":"positive","text":"Use skips.","evidence":"seen","confidence":7,"edge":null,"operation":null}]}""";
        string answer = good;
        StepHarness search = new(new ScriptedChatClient(_ => answer));
        await search.PlanAsync();

        HeuristicsRow first = await search.UpdateHeuristicsAsync(1, generation: 1);
        answer = bad;
        HeuristicsRow second = await search.UpdateHeuristicsAsync(1, generation: 2);

        first.Rules.ShouldHaveSingleItem().Confidence.ShouldBe(1);
        second.Rules.ShouldBe(first.Rules);
    }
}
