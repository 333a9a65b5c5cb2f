using PelNas.Tests.Browser;

namespace PelNas.Functions.Tests.Http.Page;

/// <summary>The page as people use it: in a real browser, on real searches.</summary>
[Collection(nameof(PageFixture))]
public sealed class PageTests(PageFixture fixture)
{
    private const string Hostile = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>\u202Egnp.exe ";

    // Where the mark of a labelled architecture is: small, below the legend, of the colour of a partition.
    private const string FilledMark =
        """
        () => {
            const style = getComputedStyle(document.documentElement);
            const colours = [0, 1, 2, 3, 4, 5].map(i => style.getPropertyValue(`--c${i}`));
            const top = document.querySelector('.plot.tall').getBoundingClientRect().top + 50;
            return [...document.querySelectorAll('.plot.tall svg path')].filter(path => colours.includes(path.getAttribute('fill')))
                .map(path => path.getBoundingClientRect()).filter(box => box.top > top && box.width < 20)
                .map(box => [box.left + box.width / 2, box.top + box.height / 2])[0];
        }
        """;

    /// <summary>The views, each with what is drawn last.</summary>
    public static TheoryData<string, string, int, ColorScheme> Views =>
    [
        .. from view in new[]
           {
               ("#/runs", "tbody a"), ("#/start", "form"), ("#/run/{0}", ".plot svg"), ("#/cell/6111?run={0}", "h1"),
               ("#/compare?runs={0},{1},{2}", ".plot svg"), ("#/devices", "h1"),
           }
           from width in new[] { 1280, 390, 360 }
           from scheme in new[] { ColorScheme.Light, ColorScheme.Dark }
           where width != 360 || scheme == ColorScheme.Light
           select (view.Item1, view.Item2, width, scheme),
    ];

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Every_view_fits_its_window_keeps_nobody_out_and_leaves_the_console_silent(
        string view, string last, int width, ColorScheme scheme)
    {
        OpenPage open = await fixture.OpenAsync(string.Format(CultureInfo.InvariantCulture, view, [.. fixture.Ended]), width, scheme);
        await open.SeeAsync(open.Page.Locator(last));

        (await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        (await Axe.FindFaultsAsync(open.Page, Cancellation)).ShouldBeEmpty();
        open.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_key_is_asked_for_until_one_opens_the_app_and_is_kept_in_the_tab()
    {
        OpenPage open = await fixture.OpenAsync("#/runs", hasKey: false);
        await open.Page.GetByLabel("Key", new() { Exact = true }).FillAsync("not the key");
        await open.Button("Open").ClickAsync();
        await open.SeeAsync(open.Page.GetByText("This key does not open the app."));
        await open.Page.GetByLabel("Key", new() { Exact = true }).FillAsync(fixture.Key);
        await open.Button("Open").ClickAsync();
        await open.SeeAsync(open.Page.Locator("tbody tr th a"));

        await open.Page.ReloadAsync();
        await open.SeeAsync(open.Page.Locator("tbody tr th a"));
        (await open.Page.EvaluateAsync<int>("localStorage.length")).ShouldBe(0);
    }

    [Fact]
    public async Task A_search_is_started_watched_held_let_go_on_and_removed()
    {
        OpenPage open = await fixture.OpenAsync("#/start");
        await open.Page.GetByLabel("Labels", new() { Exact = true }).FillAsync("0");
        await open.Button("Start").ClickAsync();
        await open.SeeAsync(open.Page.GetByText("0 is not allowed; give a whole number from 1 to 2000"));
        open.Complaints.ShouldHaveSingleItem().ShouldContain("400", customMessage: "the browser notes what was refused");
        open.Complaints.Clear();

        await open.Page.GetByLabel("Labels", new() { Exact = true }).FillAsync("500");
        await open.Page.GetByLabel("Generations").FillAsync("200");
        await open.Page.GetByLabel("Device").SelectOptionAsync("fpga");
        await open.Button("Start").ClickAsync();
        ILocator badge = open.Page.Locator("h1 .badge");
        ILocator advance = open.Page.Locator(".advance label").First;
        await open.SeeAsync(advance, "of 200");
        string before = await advance.InnerTextAsync();
        await Assertions.Expect(advance).Not.ToHaveTextAsync(before);
        await open.SeeAsync(open.Page.Locator(".plot.tall svg, .plot.tall canvas"));
        await open.Button("Suspend").ClickAsync();
        await open.SeeAsync(badge, "suspended");
        await open.Button("Resume").ClickAsync();
        await open.SeeAsync(badge, "running");
        string id = await open.Page.Locator(".id").InnerTextAsync();
        await open.Button("Delete").ClickAsync();
        await open.Button("Cancel").ClickAsync();
        (await fixture.App.SearchAsync(id)).Request.MaxLabels.ShouldBe(500);
        await open.Button("Delete").ClickAsync();
        await open.Button("Remove").ClickAsync();
        await open.SeeAsync(open.Page.Locator("h1"), "Searches");
        await Assertions.Expect(open.Button($"Delete {id}")).ToHaveCountAsync(0);
        open.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_range_of_latencies_is_brushed_and_a_point_tells_its_cell()
    {
        OpenPage open = await fixture.OpenAsync($"#/run/{fixture.Ended[0]}");
        ILocator rows = open.Page.Locator("table.list tbody tr");
        await open.SeeAsync(rows);
        int all = await rows.CountAsync();
        await open.SeeAsync(rows.First, "mJ");

        ILocator drawing = open.Page.Locator(".plot.tall svg").First;
        await drawing.ScrollIntoViewIfNeededAsync();
        float[] mark = await (await open.Page.WaitForFunctionAsync(FilledMark)).JsonValueAsync<float[]>();
        await open.Page.Mouse.MoveAsync(mark[0], mark[1]);
        await open.SeeAsync(open.Page.Locator(".tip svg.cell"));
        await open.SeeAsync(open.Page.Locator(".tip"), "ms");
        foreach (string measure in new[] { "Hypervolume", "IGD, 0 is best", "Front hit rate" })
        {
            await open.SeeAsync(open.Page.GetByRole(AriaRole.Img, new() { Name = $"{measure} by label: " }).Locator("svg"));
        }

        await open.Button("Select on the plot").ClickAsync();
        await drawing.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult plot = (await drawing.BoundingBoxAsync())!;
        await open.Page.Mouse.MoveAsync(plot.X + (plot.Width * 0.45f), plot.Y + (plot.Height * 0.5f));
        await open.Page.Mouse.DownAsync();
        await open.Page.Mouse.MoveAsync(plot.X + (plot.Width * 0.6f), plot.Y + (plot.Height * 0.6f), new() { Steps = 5 });
        await open.Page.Mouse.UpAsync();
        await Assertions.Expect(open.Page.GetByLabel("Latency, ms, least")).Not.ToHaveValueAsync("");
        await Assertions.Expect(rows).Not.ToHaveCountAsync(all);

        await open.Button("Clear").ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(all);
        await rows.First.GetByRole(AriaRole.Link).ClickAsync();
        await open.SeeAsync(open.Page.Locator("h1"), "Architecture");
        (await open.Page.Locator(".big svg.cell .node").CountAsync()).ShouldBe(4);
        await open.SeeAsync(open.Page.GetByRole(AriaRole.Table, new() { Name = "Latency by device and data set" }).Locator(
            "tr", new() { HasText = "raspi4" }), "of 15,625");
        await open.SeeAsync(open.Page.GetByRole(AriaRole.Table, new() { Name = "Scores without training" }), "naswot");
        open.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cell_names_the_devices_that_cannot_run_it()
    {
        OpenPage open = await fixture.OpenAsync("#/cell/6");
        ILocator rows = open.Page.GetByRole(AriaRole.Table, new() { Name = "Latency by device and data set" }).Locator("tr");
        await open.SeeAsync(rows.Filter(new() { HasText = "edgetpu" }), "cannot run it");
    }

    [Fact]
    public async Task Searches_are_found_chosen_and_compared()
    {
        OpenPage open = await fixture.OpenAsync("#/runs");
        await open.Page.GetByLabel("Find").FillAsync("fpga completed");
        foreach (string id in fixture.Ended)
        {
            await open.Page.GetByLabel($"Compare {id}").CheckAsync();
        }

        await open.Page.GetByRole(AriaRole.Link, new() { Name = "Compare 3" }).ClickAsync();
        await open.SeeAsync(open.Page.GetByText("Who found what"));
        await open.SeeAsync(open.Page.GetByText("The joined front has"));
        await Assertions.Expect(open.Page.Locator("section:not([aria-labelledby=s-from-sweeps]) .plot svg")).ToHaveCountAsync(3);
        ILocator differing = open.Page.GetByRole(AriaRole.Table, new() { Name = "Settings that differ" }).Locator("tbody tr");
        (await differing.AllInnerTextsAsync()).ShouldHaveSingleItem().ShouldStartWith("seed");
        open.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_does_not_answer_leaves_what_was_shown_with_a_notice()
    {
        OpenPage open = await fixture.OpenAsync("#/runs");
        ILocator connection = open.Page.Locator("#connection");
        await open.SeeAsync(connection, "Live");
        await open.Page.Context.SetOfflineAsync(true);
        await open.SeeAsync(connection, "Stale. The server does not answer. Shown is what it said at");
        await open.SeeAsync(open.Page.Locator("tbody tr th a"));
        await open.Page.Context.SetOfflineAsync(false);
        await open.SeeAsync(connection, "Live");
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task Whatever_a_proposer_writes_is_shown_as_text(int width)
    {
        string id = $"20260101-000000-hostile{width}";
        string text = Hostile + new string('x', 100_000);
        RunRow run = (await fixture.App.Runs.GetAsync(fixture.Ended[0], Cancellation))!;
        await fixture.App.Runs.AddAsync(run with { RunId = id, Proposer = Hostile }, Cancellation);
        IReadOnlyList<IGenerationRow> rows = await fixture.App.Runs.ReadAsync(fixture.Ended[0], 0, int.MaxValue, Cancellation);
        await fixture.App.Runs.WriteAsync(id, rows.Select(row => Spoilt(row, text)), Cancellation);

        OpenPage open = await fixture.OpenAsync($"#/run/{id}", width);
        await open.Page.Locator("details summary", new() { HasText = "rules" }).Nth(1).ClickAsync();
        await open.SeeAsync(open.Page.Locator(".rules li"), "<script>document.title='owned'</script>");
        await open.SeeAsync(open.Page.Locator("dd"), "<img src=x onerror");
        (await open.Page.TitleAsync()).ShouldNotBe("owned");
        (await open.Page.Locator("main img, main script").CountAsync()).ShouldBe(0);
        (await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        (await open.Page.Locator(".rules li").First.InnerTextAsync()).Length.ShouldBeLessThan(1000);
        foreach (string view in new[] { "#/runs", $"#/compare?runs={id},{fixture.Ended[0]}" })
        {
            await open.GoAsync(view);
            await open.SeeAsync(open.Page.Locator("td", new() { HasText = "<img src=x onerror" }));
            (await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
            (await open.Page.TitleAsync()).ShouldNotBe("owned");
        }

        open.Complaints.ShouldBeEmpty();
    }

    private static IGenerationRow Spoilt(IGenerationRow row, string text) => row switch
    {
        HeuristicsRow heuristics =>
            heuristics with
            {
                Rules = [.. heuristics.Rules.Select(rule => rule with { Text = text, Evidence = text, Edge = text, Operation = text })],
            },
        ProposalsRow proposals => proposals with
        {
            Candidates = [.. proposals.Candidates.Select(candidate => candidate with { Rationale = text })],
            Round = proposals.Round with { Rejected = [new RejectedProposal(text, text, text)] },
        },
        _ => row,
    };
}
