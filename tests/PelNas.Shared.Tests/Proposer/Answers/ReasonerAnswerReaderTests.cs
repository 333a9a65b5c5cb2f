namespace PelNas.Shared.Tests.Proposer.Answers;

public sealed class ReasonerAnswerReaderTests
{
    private readonly ReasonerAnswerReader _reader = new(StepHarness.Tables.Space);

    [Fact]
    public void A_rule_is_read_with_what_the_space_knows()
    {
        Heuristic rule = Read(
            """{"kind":"NEGATIVE","text":"No zero there.","evidence":"3 of 4","confidence":"0.7","edge":"0->3","operation":"Skip-Connect"}""");

        rule.ShouldBe(new Heuristic("negative", "No zero there.", "3 of 4", 0.7, "0->3", "skip_connect"));
    }

    [Theory]
    [InlineData("7", 1)]
    [InlineData("-1", 0)]
    [InlineData("\"NaN\"", 0.5)]
    [InlineData("\"high\"", 0.5)]
    [InlineData("null", 0.5)]
    [InlineData("1e999", 0.5)]
    public void A_confidence_is_between_0_and_1(string stated, double taken)
        => Read("{\"text\":\"t\",\"confidence\":" + stated + "}").Confidence.ShouldBe(taken);

    [Theory]
    [InlineData("avoid", "negative")]
    [InlineData("Don't", "negative")]
    [InlineData("do not", "negative")]
    [InlineData("BAD", "negative")]
    [InlineData("prefer", "positive")]
    [InlineData("Good", "positive")]
    public void A_kind_is_read_in_other_words(string stated, string kind)
        => Read($$"""{"kind":"{{stated}}","text":"t"}""").Kind.ShouldBe(kind);

    [Fact]
    public void A_rule_that_is_neither_advice_nor_warning_is_dropped()
        => _reader.Read("""{"rules":[{"kind":"perhaps","text":"t"}]}""").Answer.ShouldBeNull();

    [Theory]
    [InlineData("0\u21923")]
    [InlineData("0-3")]
    [InlineData("(0, 3)")]
    [InlineData("0 -> 3")]
    public void An_edge_is_read_however_its_nodes_are_joined(string stated)
        => Read($$"""{"text":"t","edge":"{{stated}}"}""").Edge.ShouldBe("0->3");

    [Fact]
    public void An_edge_or_operation_that_the_space_does_not_have_is_left_out()
    {
        Heuristic rule = Read("""{"text":"t","edge":"3->9","operation":"conv_9x9"}""");

        (rule.Edge, rule.Operation).ShouldBe((null, null));
    }

    [Fact]
    public void Text_is_one_line_without_tricks_and_cut()
    {
        Heuristic rule = Read("{\"text\":\"a\\u202eb\\r\\nc\\u0000de" + new string('x', 1000) + "\"}");

        rule.Text.Length.ShouldBe(300);
        rule.Text.ShouldNotContain("\u202e");
        rule.Text.Any(char.IsControl).ShouldBeFalse();
    }

    [Fact]
    public void An_empty_list_is_an_answer_and_a_list_of_nothing_is_none()
    {
        _reader.Read("""{"rules":[]}""").Answer!.Rules.ShouldBeEmpty();
        _reader.Read("""{"rules":[{"confidence":1}]}""").Answer.ShouldBeNull();
        _reader.Read("no rules today").Answer.ShouldBeNull();
    }

    [Theory]
    [InlineData("Avoid none on 0->1.", "negative", "Avoid none on 0->1.")]
    [InlineData("Do not stack pools, it's slow.", "negative", "Do not stack pools, it's slow.")]
    [InlineData("negative: a pool at the input", "negative", "a pool at the input")]
    [InlineData("Use skips: they are free.", "positive", "Use skips: they are free.")]
    public void A_bare_sentence_is_a_rule(string sentence, string kind, string text)
        => _reader.Read($$"""{"rules":["{{sentence}}"]}""").Answer!.Rules.ShouldHaveSingleItem()
            .ShouldBe(new Heuristic(kind, text, "", 0.5));

    [Theory]
    [InlineData(
        "{'rules': [{'kind': 'positive', 'text': 'Don't use \"none\", it's dead.', 'confidence': NaN, 'edge': None, 'good': True}]}")]
    [InlineData("{rules: [{kind: positive, text: \"Don't use \"none\", it's dead.\"}]}")]
    [InlineData("[{\"text\":\"Don't use \"none\",\nit's dead.\"},]")]
    [InlineData("{\"type\":\"text\",\"text\":\"{\\\"rules\\\":[{\\\"text\\\":\\\"Don't use \\\\\\\"none\\\\\\\", it's dead.\\\"}]}\"}")]
    [InlineData("<think>{\"rules\":[{\"text\":\"one\"},{\"text\":\"two\"}]}</think>{\"text\":\"Don't use \\\"none\\\", it's dead.\"}")]
    public void A_rule_is_read_however_it_is_written(string answer)
        => _reader.Read(answer).Answer!.Rules.ShouldHaveSingleItem()
            .ShouldBe(new Heuristic("positive", "Don't use \"none\", it's dead.", "", 0.5));

    [Theory]
    [InlineData("<think>{\"rules\":[{\"text\":\"one\"}]}", UnusableKind.Empty)]
    [InlineData("{\"rules\":[{\"kind\":\"positive\",\"text\":\"...\"}]}", UnusableKind.Unreadable)]
    [InlineData("You want {\"rules\":[]}, I know.", UnusableKind.Unreadable)]
    [InlineData(
        "{\"prompt\":\"reasoner.v4\",\"space\":{},\"heuristics\":[{\"kind\":\"positive\",\"text\":\"old\"}]}", UnusableKind.Unreadable)]
    [InlineData("I won't.", UnusableKind.Refusal)]
    public void What_states_no_rule_is_told_apart(string text, UnusableKind kind)
        => _reader.Read(text)
            .ShouldSatisfyAllConditions(reading => reading.Answer.ShouldBeNull(), reading => reading.Unusable.ShouldBe(kind));

    private Heuristic Read(string rule)
    {
        (ReasonerAnswer? answer, string? problem) = _reader.Read("{\"rules\":[" + rule + "]}");
        problem.ShouldBeNull();
        return answer!.Rules.ShouldHaveSingleItem();
    }
}
