namespace PelNas.Shared.Tests.Reports.Html;

/// <summary>About texts that others wrote.</summary>
public sealed partial class HtmlReportTests
{
    [Fact]
    public async Task A_proposer_that_contributed_nothing_is_announced_before_anything_else()
    {
        AnswerTally prose = new(48, [new UnusableAnswers(UnusableKind.Unreadable, 48, "<script>alert(1)</script> & \"so\" on")]);
        RunContent content = ReportSamples.Content();
        content =
            content with
            {
                Rounds =
                    [.. content.Rounds.Select(
                        round => round.Partition == RoundRow.WholeRun ? round with { RunAnswers = new RunAnswers(prose) } : round)],
            };

        IPage page = await OpenAsync(content);

        (await page.Locator(".notice").InnerTextAsync()).ShouldBe(
            "The proposer contributed nothing. Plain operators stood in for it: "
            + "48 of 48 answers of the proposer could not be used (48 unreadable), for example: <script>alert(1)</script> & \"so\" on");
        (await FactAsync(page, "Proposer")).ShouldBe("azure-openai/gpt-4.1-mini, 48 of 48 answers not usable");
    }

    [Theory]
    [InlineData("<script>document.title='owned'</script>")]
    [InlineData("\"><img src=x onerror=\"document.title='owned'\">")]
    [InlineData("</script></style></title><svg onload=\"document.title='owned'\">")]
    [InlineData("]]> <!-- &lt; &#x3C;b&#x3E; -->")]
    public async Task Markup_in_any_text_of_others_stays_text(string text)
    {
        IPage page = await OpenAsync(ReportSamples.WithTexts(text));
        await page.Locator(".lane summary").First.ClickAsync();
        await Assertions.Expect(page.Locator(".rules li").First).ToContainTextAsync(text);
        (await FactAsync(page, "Stop reason")).ShouldBe(text);
        (await page.TitleAsync()).ShouldNotBe("owned");
        (await page.Locator("main script, main img, main b").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Text_that_could_turn_the_page_around_is_made_harmless_and_other_scripts_stay_as_they_are()
    {
        (await FactAsync(await OpenAsync(ReportSamples.WithTexts("a\u202Eb\u2066c\u200Fd\u0007f\u2028g\uFEFFh end")), "Stop reason"))
            .ShouldBe("a\uFFFDb\uFFFDc\uFFFDd\uFFFDf\uFFFDg\uFFFDh end");
        (await FactAsync(await OpenAsync(ReportSamples.WithTexts("漢字 العربية ñ 👩‍💻")), "Stop reason")).ShouldBe("漢字 العربية ñ 👩‍💻");
    }
}
