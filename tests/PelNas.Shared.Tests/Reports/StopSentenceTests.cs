namespace PelNas.Shared.Tests.Reports;

public sealed class StopSentenceTests
{
    [Theory]
    [InlineData("generations", 120, "generations: all 10 are done, and all 120 labels are spent")]
    [InlineData("generations", 90, "generations: all 10 are done, with 90 of 120 labels spent")]
    [InlineData("labels", 120, "labels: all 120 are spent")]
    [InlineData("llm-calls", 35, "llm-calls: the limit of 30 calls leaves too few for another generation")]
    [InlineData("usd", 35, "usd: the limit of 0.5 US dollars leaves too little to go on")]
    [InlineData("exhausted", 35, "exhausted: every function within the limits is labelled")]
    [InlineData("of another version", 35, "of another version")]
    [InlineData(null, 35, null)]
    public void It_says_what_was_used_up(string? reason, int labels, string? expected)
    {
        RunRow run = ReportSamples.Content().Run;
        run = run with { StopReason = reason, Request = run.Request with { MaxLlmCalls = 30, MaxUsd = 0.5 } };

        StopSentence.Of(run, labels).ShouldBe(expected);
    }
}
