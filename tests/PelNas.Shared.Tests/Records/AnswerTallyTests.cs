namespace PelNas.Shared.Tests.Records;

public sealed class AnswerTallyTests
{
    private static readonly AnswerTally Prose = AnswerTally.One(UnusableAnswers.One(UnusableKind.Unreadable, "Convolutions\nare nice."));
    private static readonly AnswerTally Declined = AnswerTally.One(UnusableAnswers.One(UnusableKind.Refusal, "I can't."));

    [Fact]
    public void Sums_keep_the_first_sample_of_each_reason_and_name_the_most_frequent_first()
    {
        AnswerTally other = AnswerTally.One(UnusableAnswers.One(UnusableKind.Unreadable, "More prose."));
        AnswerTally sum = Declined + AnswerTally.OneUsable + Prose + other;

        sum.Describe().ShouldBe(
            "3 of 4 answers of the proposer could not be used (2 unreadable, 1 declined by the model), for example: "
                + "Convolutions are nice.");
    }

    [Property]
    public bool A_third_is_alarming_and_less_is_not(byte usable, byte unusable)
        => (Times(AnswerTally.OneUsable, usable) + Times(Prose, unusable)).IsAlarming() == (unusable > 0 && usable <= 2 * unusable);

    [Fact]
    public void No_answer_is_not_alarming() => AnswerTally.None.IsAlarming().ShouldBeFalse();

    [Fact]
    public void A_sample_is_short_and_on_one_line()
    {
        string sample = UnusableAnswers.One(UnusableKind.Unreadable, "a\u202e\r\n\u001b[31m" + new string('x', 1000)).Sample;

        sample.Length.ShouldBe(UnusableAnswers.SampleLength);
        sample.Any(char.IsControl).ShouldBeFalse();
        sample.ShouldNotContain('\u202e');
    }

    [Fact]
    public void A_run_warns_of_itself_or_else_of_its_worst_generation()
    {
        RunAnswers good = RunAnswers.None.With(0, AnswerTally.None).With(1, Times(AnswerTally.OneUsable, 12));
        RunAnswers odd = good.With(2, Times(AnswerTally.OneUsable, 9) + Times(Prose, 3));
        RunAnswers partly = odd.With(3, Times(AnswerTally.OneUsable, 8) + Times(Prose, 4))
            .With(4, Times(AnswerTally.OneUsable, 8) + Times(Declined, 4));
        RunAnswers bad = partly.With(5, Times(Prose, 24));

        good.Warning().ShouldBeNull();
        odd.Warning().ShouldBeNull();
        partly.Warning().ShouldNotBeNull()
            .ShouldStartWith("in generation 3, 4 of 12 answers of the proposer could not be used (4 unreadable)");
        bad.Warning().ShouldNotBeNull()
            .ShouldStartWith("35 of 72 answers of the proposer could not be used (31 unreadable, 4 declined by the model)");
    }

    private static AnswerTally Times(AnswerTally tally, int count)
        => Enumerable.Repeat(tally, count).Aggregate(AnswerTally.None, (sum, one) => sum + one);
}
