namespace PelNas.Shared.Tests.Proposer.Answers;

public class PriorAnswerReaderTests
{
    private const string Block = "|nor_conv_3x3~0|+|none~0|none~1|+|skip_connect~0|nor_conv_3x3~1|none~2|";

    private static readonly PriorAnswerReader Reader = new(NasBench201.Instance);

    public static TheoryData<string, string> Contexts => [.. RecordedPrior.Contexts];

    [Theory]
    [MemberData(nameof(Contexts))]
    public void The_recorded_answers_are_read_whole(string dataset, string device)
    {
        Reading<PriorAnswer> reading = Reader.Read(RecordedPrior.Answer(dataset, device));

        reading.Problem.ShouldBeNull();
        PriorAnswer answer = reading.Answer.ShouldNotBeNull();
        answer.Cells.Count.ShouldBe(24);
        answer.Cells.ShouldAllBe(cell => cell.ExpectedAccuracy > 20);
        answer.Rules.Count.ShouldBeGreaterThanOrEqualTo(8);
        answer.Avoid.Count.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public void What_can_be_read_is_taken_and_the_rest_left_out()
    {
        PriorAnswer answer = Reader.Read($$"""
            Here is what I believe:
            {"cells": [{"architecture": "{{Block}}", "expectedAccuracy": "93.5"}, {"architecture": "no cell", "expectedAccuracy": 90}, {"architecture": "{{Block}}", "expectedAccuracy": 940}],
             "rules": [{"trait": "Depth", "delta": 1.5, "confidence": 7}, {"trait": "width", "delta": 2}, {"trait": "paths", "from": 1, "to": 3, "delta": -1, "where": [{"trait": "width", "atLeast": 1}]}],
             "avoid": [{"where": [{"trait": "paths", "atMost": 0}], "text": "dead"}, {"where": [], "text": "everything"}, "no pooling"]}
            """).Answer.ShouldNotBeNull();

        answer.Cells.Select(cell => cell.ExpectedAccuracy).ShouldBe([93.5, null]);
        PriorRule rule = answer.Rules.ShouldHaveSingleItem();
        (rule.Trait, rule.From, rule.To, rule.Delta, rule.Confidence).ShouldBe(("depth", 0, 100, 1.5, 1));
        answer.Avoid.ShouldHaveSingleItem().Where.ShouldBe([new TraitBound("paths", null, 0)]);
    }

    [Fact]
    public void That_nothing_is_known_is_an_answer()
    {
        Reading<PriorAnswer> reading = Reader.Read("""{"cells":[],"rules":[],"avoid":[]}""");

        reading.Answer.ShouldNotBeNull().Cells.ShouldBeEmpty();
        reading.Problem.ShouldBeNull();
    }

    [Theory]
    [InlineData("", UnusableKind.Empty)]
    [InlineData("I would rather talk about cooking.", UnusableKind.Unreadable)]
    public void An_answer_without_anything_is_none(string text, UnusableKind kind)
    {
        Reading<PriorAnswer> reading = Reader.Read(text);

        reading.Answer.ShouldBeNull();
        reading.Unusable.ShouldBe(kind);
    }
}
