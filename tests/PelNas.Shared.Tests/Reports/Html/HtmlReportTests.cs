using PelNas.Shared.Reports.Html;
using PelNas.Tests.Browser;

namespace PelNas.Shared.Tests.Reports.Html;

/// <summary>The report as a person sees it: opened from a file in a real browser that is cut off from every network.</summary>
public sealed partial class HtmlReportTests(Chromium chromium) : FolderTest, IClassFixture<Chromium>
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    public async Task It_opens_from_a_file_without_complaint_asks_for_nothing_and_fits_its_window(int width, ColorScheme scheme)
    {
        IPage page = await chromium.OpenAsync(width, scheme);
        List<string> complaints = [];
        List<string> requests = [];
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) => requests.Add(request.Url);

        await page.GotoAsync(await WriteAsync(ReportSamples.Content()));

        await Assertions.Expect(page.Locator(".plot svg")).ToHaveCountAsync(3);
        complaints.ShouldBeEmpty();
        requests.ShouldBe([page.Url]);
        (await page.TitleAsync()).ShouldStartWith(ReportSamples.RunId);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        (await page.Locator("h2").AllInnerTextsAsync()).ShouldBe(
            ["Accuracy and latency", "Quality by label", "Where the candidates come from", "Predicted and true accuracy",
                "Partitions", "Events", "Spending"]);
        (await Axe.FindFaultsAsync(page, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task On_paper_nothing_is_cut_off_and_what_was_closed_is_open()
    {
        const int Paper = 718;
        IPage page = await OpenAsync(ReportSamples.Content(), width: 1280);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.SetViewportSizeAsync(Paper, 1000);
        await page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");

        string[] cut = await page.EvaluateAsync<string[]>(
            $"[...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right > {Paper} || "
                + "one.matches('.scroll') && one.scrollWidth > one.clientWidth).map(one => one.outerHTML.slice(0, 80))");
        cut.ShouldBeEmpty();
        await Assertions.Expect(page.Locator(".rules li").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("button, select"))
            .ToHaveCountAsync(await page.Locator("button:not(:visible), select:not(:visible)").CountAsync());
        (await page.PdfAsync()).Length.ShouldBeGreaterThan(20_000);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(500)]
    [InlineData(390)]
    public async Task A_plot_can_be_read_and_no_text_of_it_lies_on_another(int width)
    {
        IPage page = await OpenAsync(ReportSamples.Content(), width);

        JsonElement? found = await page.EvaluateAsync(
            """
            () => [...document.querySelectorAll('.plot svg')].flatMap(svg => {
                const texts = [...svg.querySelectorAll('text')].map(text => ({ text: text.textContent, box: text.getBoundingClientRect(), font: parseFloat(getComputedStyle(text).fontSize) }));
                const small = texts.filter(a => a.font < 11 || a.box.left < 0 || a.box.right > innerWidth).map(a => a.text);
                return [...small, ...texts.flatMap((a, i) => texts.slice(i + 1)
                    .filter(b => a.box.left < b.box.right && b.box.left < a.box.right && a.box.top < b.box.bottom && b.box.top < a.box.bottom)
                    .map(b => `${a.text} / ${b.text}`))];
            })
            """);

        found!.Value.EnumerateArray().Select(pair => pair.GetString()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Figures_and_facts_are_those_of_the_result()
    {
        IPage page = await OpenAsync(ReportSamples.Content());
        string[] figures = [.. (await page.Locator(".figure").AllInnerTextsAsync())
            .Select(figure => string.Join(' ', figure.Split('\n', StringSplitOptions.RemoveEmptyEntries)[..2]))];
        figures.ShouldBe(
            ["Hypervolume ratio 0.9941", "IGD 0.0123", "Front hit rate 43.8 %", $"Front {ReportSamples.Content().Front!.Points.Count}",
                "Labels 120", "Candidates 300", "LLM calls 120", "Cost $0.1140"]);
        (await FactAsync(page, "Stop reason")).ShouldBe("labels: all 120 are spent");
        (await FactAsync(page, "Labels")).ShouldBe("validation accuracies; test accuracies were never seen");
        (await FactAsync(page, "Started")).ShouldBe("2026-03-01 12:00:00 UTC, took 3 min 12 s");
        (await page.GetByText("No language model was asked").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_not_certain_is_said_beside_the_cost()
    {
        RunContent content = ReportSamples.Content();
        RunRow unpriced = content.Run with
        {
            Price = null,
            Spent = new ChatUsage(26, 5000, 700, Usd: 0),
            Unconfirmed = new ChatUsage(2, 900, 300, Usd: 0),
        };
        IPage page = await OpenAsync(content with { Run = unpriced });
        (await page.Locator(".figure").Last.InnerTextAsync()).ShouldBe("Cost\nunpriced\n2 calls unconfirmed and counted at the most");

        RunRow priced = content.Run with { Spent = new ChatUsage(26, 5000, 700, 0.0061), Unconfirmed = new ChatUsage(1, 900, 300, 0.0042) };
        page = await OpenAsync(content with { Run = priced });
        (await page.Locator(".figure").Last.InnerTextAsync())
            .ShouldBe("Cost\n$0.0061\n1 call unconfirmed and counted at the most, $0.0042");
    }

    [Fact]
    public async Task The_last_cross_validation_and_an_offline_proposer_are_told()
    {
        RunContent content = ReportSamples.Content("offline");
        RunContent validated = content with
        {
            Rounds = [.. content.Rounds.Select(round => round is { Partition: RoundRow.WholeRun, Generation: 3 or 4 }
                ? round with { CrossValidation = new CrossValidation(10 * round.Generation, 0.9, 1.5) }
                : round)],
        };

        IPage page = await OpenAsync(validated);

        (await FactAsync(page, "Cross-validation"))
            .ShouldBe("before the labels of generation 4, each of 40 predicted from the others: Spearman 0.900, RMSE 1.50 points");
        (await page.Locator(".notice").InnerTextAsync()).ShouldContain("No language model was asked");
    }

    [Theory]
    [InlineData(LabelSources.Validation, "Test accuracy was never seen by the search", "Validation accuracy, %")]
    [InlineData(LabelSources.Test, "The knee is the compromise to look at first.", "Test accuracy, %")]
    public async Task The_front_is_listed_with_both_accuracies_and_which_of_them_was_seen(string labelsFrom, string note, string axis)
    {
        RunContent content = ReportSamples.Content();
        content = content with { Run = content.Run with { Request = content.Run.Request with { LabelsFrom = labelsFrom } } };

        IPage page = await OpenAsync(content);

        ILocator rows = page.Locator("table.list tbody tr");
        (await rows.CountAsync()).ShouldBe(content.Front!.Points.Count);
        FrontPoint first = content.Front.Points[0];
        string row = await rows.First.InnerTextAsync();
        row.ShouldContain($"{first.Accuracy:F2} % measured");
        row.ShouldContain($"{first.TestAccuracy:F2}");
        await Assertions.Expect(page.GetByText(note)).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".plot.tall svg text", new() { HasText = axis })).ToHaveCountAsync(1);
        (await page.GetByText("knee", new() { Exact = true }).CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task The_knee_is_ringed_on_the_plot()
    {
        RunContent content = ReportSamples.Content();
        FrontPoint knee = FrontKnee.Of(content.Front!.Points)!;

        IPage page = await OpenAsync(content);

        ILocator plot = page.Locator(".plot.tall");
        await Assertions.Expect(plot.Locator("svg text", new() { HasText = "Knee" })).ToHaveCountAsync(1);
        string label = (await plot.GetAttributeAsync("aria-label"))!;
        label.ShouldContain(
            $"the knee at {knee.LatencyMs.ToString("G4", CultureInfo.InvariantCulture)} ms with {knee.Accuracy:F2} %");
        (await plot.EvaluateAsync<int>(
            """
            plot => [...plot.querySelectorAll('svg path')].map(path => path.getBoundingClientRect()).filter(box => box.width > 16 && box.width < 24 && Math.abs(box.width - box.height) < 1).length
            """)).ShouldBe(1);
    }

    [Fact]
    public async Task Labels_are_drawn_beside_what_was_predicted_of_them()
    {
        RunContent content = ReportSamples.Content();
        CandidateRow[] labelled = [.. content.Partitions.SelectMany(partition => partition.Labelled)];
        CandidateRow[] predicted = [.. labelled.Where(row => row.PredictedAccuracy is not null)];
        double error = predicted.Average(row => Math.Abs(row.PredictedAccuracy!.Value - row.Accuracy!.Value));

        IPage page = await OpenAsync(content);

        ILocator card =
            page.Locator("section", new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "Predicted and true accuracy" }) }).Last;
        predicted.Length.ShouldBe(108);
        await Assertions.Expect(card).ToContainTextAsync(
            $"108 of 120 labels were predicted before they were paid for, off by {error:F2} points on average");
        double least = Math.Ceiling(predicted.Max(row => Math.Max(row.PredictedAccuracy!.Value, row.Accuracy!.Value))) - 10;
        predicted.Count(row => row.Accuracy < least).ShouldBe(1, "the dead cell");
        await Assertions.Expect(card).ToContainTextAsync($"Not drawn: 1 below {least} %.");
        await Assertions.Expect(card.Locator("svg path[fill-opacity='0.7']")).ToHaveCountAsync(107);
    }

    [Fact]
    public async Task Refused_proposals_are_counted_by_reason()
        => await Assertions.Expect((await OpenAsync(ReportSamples.Content()))
            .GetByText("360 proposals were refused: duplicate 180, outside-partition 120, illegal 60."))
            .ToBeVisibleAsync();

    [Fact]
    public async Task A_run_that_has_only_begun_says_what_is_missing()
    {
        RunContent content = ReportSamples.Begun();

        IPage page = await ShowAsync(HtmlReport.Render(RunReport.Of(content, SearchResultBuilder.Build(content, quality: null), [])));

        string[] sentences =
        [
            "No architecture has an accuracy yet.", "No label was predicted before it was paid for.", "0 architectures.",
            "The exact front of this data set and device is not known", "No call was made.",
        ];
        foreach (string sentence in sentences)
        {
            await Assertions.Expect(page.GetByText(sentence)).ToBeVisibleAsync();
        }

        (await FactAsync(page, "Stop reason")).ShouldBe("not ended yet");
        (await page.Locator("main").InnerTextAsync()).ShouldNotContain("NaN");
    }

    [Fact]
    public void The_same_content_gives_the_same_page() => Render(ReportSamples.Content()).ShouldBe(Render(ReportSamples.Content()));

    private static string Render(RunContent content)
        => HtmlReport.Render(
            RunReport.Of(content, SearchResultBuilder.Build(content, ReportSamples.Quality), ReportSamples.ExactFront));

    private Task<IPage> OpenAsync(RunContent content, int width = 1280) => ShowAsync(Render(content), width);

    private async Task<IPage> ShowAsync(string html, int width = 1280)
    {
        IPage page = await chromium.OpenAsync(width);
        await page.GotoAsync(await WriteAsync(html));
        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
        return page;
    }

    private Task<string> WriteAsync(RunContent content) => WriteAsync(Render(content));

    private async Task<string> WriteAsync(string html)
    {
        string path = Folder.File("report.html");
        await File.WriteAllTextAsync(path, html, Cancellation);
        return new Uri(path).AbsoluteUri;
    }

    private static async Task<string> FactAsync(IPage page, string name)
        => await page.Locator("dl.facts > div", new() { Has = page.Locator("dt", new() { HasTextRegex = new($"^{name}$") }) }).Locator("dd")
            .InnerTextAsync();
}
