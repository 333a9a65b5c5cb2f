namespace PelNas.Functions.Tests.Http.Page;

/// <summary>The form that starts a search.</summary>
[Collection(nameof(PageFixture))]
public sealed class StartViewTests(PageFixture fixture)
{
    [Fact]
    public async Task The_form_has_every_option_of_the_api()
    {
        OpenPage open = await fixture.OpenAsync("#/start");
        await open.SeeAsync(open.Page.Locator("form.start"));

        string[] fields = await open.Page.EvaluateAsync<string[]>(
            "[...document.querySelector('form.start').elements].map(field => field.name).filter(name => name !== '')");

        IEnumerable<string> options = Options(typeof(SearchRequest), "", nameof(SearchRequest.Labels))
            .Concat(Options(typeof(LabelRequest), "labels.", nameof(LabelRequest.Training)))
            .Concat(Options(typeof(TrainingRequest), "labels.training.", ""));
        fields.ShouldBe([.. options, "ownDataset"], ignoreOrder: true);

        static IEnumerable<string> Options(Type type, string place, string nested) => type.GetProperties()
            .Where(option => option.CanWrite && option.Name != nested)
            .Select(option => place + JsonNamingPolicy.CamelCase.ConvertName(option.Name));
    }

    [Fact]
    public async Task What_is_no_number_is_said_and_not_sent_and_a_form_sent_twice_is_one_search()
    {
        OpenPage open = await fixture.OpenAsync("#/start");
        List<JsonElement> sent = [];
        List<string> keys = [];
        open.Page.Request += (_, request) =>
        {
            if (request.Method == "POST")
            {
                sent.Add(JsonDocument.Parse(request.PostData!).RootElement);
                keys.Add(request.Headers["idempotency-key"]);
            }
        };
        ILocator generations = open.Page.GetByLabel("Generations");
        await generations.FillAsync("");
        await generations.PressSequentiallyAsync("1e");
        await generations.PressAsync("Enter");
        await Assertions.Expect(generations).ToHaveAccessibleDescriptionAsync("This is not a number. After the seed population.");
        await Assertions.Expect(generations).ToBeFocusedAsync();
        sent.ShouldBeEmpty();

        await generations.FillAsync("1");
        await open.Page.GetByText("Labels and images of your own").First.ClickAsync();
        await open.Page.GetByLabel("Labels by").SelectOptionAsync("training");
        await open.Page.GetByLabel("Most images").FillAsync("");
        await open.Page.GetByLabel("Image size").FillAsync("");
        await open.Page.Locator("form.start").EvaluateAsync("form => { form.requestSubmit(); form.requestSubmit(); }");
        await open.SeeAsync(open.Page.Locator(".error"));
        keys.Count.ShouldBe(2);
        keys[1].ShouldBe(keys[0]);
        JsonElement labels = sent[0].GetProperty("labels");
        labels.GetProperty("training").GetProperty("maxImages").ValueKind.ShouldBe(JsonValueKind.Null, "all images");
        labels.TryGetProperty("imageSize", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_search_of_another_space_shows_no_cells_of_this_one()
    {
        OpenPage open = await fixture.OpenAsync("#/start");
        await open.Page.GetByLabel("Space").SelectOptionAsync("accel-nasbench");
        await open.Page.GetByLabel("Device").SelectOptionAsync("zcu102-latency");
        await open.Page.GetByLabel("Generations").FillAsync("1");
        await open.Page.GetByLabel("Labels", new() { Exact = true }).FillAsync("18");
        await open.Button("Start").ClickAsync();
        await open.SeeAsync(open.Page.Locator("h1 .badge"), "completed");

        ILocator list = open.Page.GetByRole(AriaRole.Table, new() { Name = "Architectures, fastest first" });
        await open.SeeAsync(list.Locator("code"), "block0_e=");
        (await list.Locator("a, svg").CountAsync()).ShouldBe(0);
        await open.SeeAsync(open.Page.Locator(".facts"), "complexity-quantile");

        await open.GoAsync($"#/compare?runs={await open.Page.Locator(".id").InnerTextAsync()},{fixture.Ended[0]}");
        await open.SeeAsync(open.Page.GetByText("These searches are about different data sets or devices"));
        await Assertions.Expect(open.Page.GetByText("Who found what")).ToHaveCountAsync(0);
        open.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_search_that_waits_for_a_label_is_told_it()
    {
        OpenPage open = await fixture.OpenAsync("#/start");
        await open.Page.GetByText("Labels and images of your own").First.ClickAsync();
        await open.Page.GetByLabel("Labels by").SelectOptionAsync("you");
        await open.Page.GetByLabel("Your data set").FillAsync("petals");
        await open.Page.GetByLabel("Classes").FillAsync("5");
        await open.Page.GetByLabel("Device").SelectOptionAsync("flops");
        await open.Button("Start").ClickAsync();
        await open.SeeAsync(open.Page.Locator(".field", new() { Has = open.Page.GetByLabel("Your data set") }).Locator(".error"),
            "give its imageSize and classes");
        open.Complaints.ShouldHaveSingleItem().ShouldContain("400", customMessage: "the browser notes what was refused");
        open.Complaints.Clear();
        await open.Page.GetByLabel("Image size").FillAsync("24");
        await open.Page.GetByLabel("Labels", new() { Exact = true }).FillAsync("12");
        await open.Button("Start").ClickAsync();
        ILocator waiting = open.Page.Locator(".labels form");
        await open.SeeAsync(waiting);
        string id = await open.Page.Locator(".id").InnerTextAsync();
        SearchRequest request = (await fixture.App.SearchAsync(id)).Request;
        (request.Dataset, request.Device, request.Labels!.ImageSize, request.Labels.Classes, request.Labels.Training).ShouldBe(
            ("petals", "flops", 24, 5, null));
        int asked = await waiting.CountAsync();
        await waiting.First.GetByRole(AriaRole.Spinbutton).FillAsync("91.5");
        await waiting.First.GetByRole(AriaRole.Button, new() { NameRegex = new("^Tell") }).ClickAsync();
        await Assertions.Expect(waiting).ToHaveCountAsync(asked - 1);
        (await (await fixture.App.GetAsync($"searches/{id}/labels")).TextAsync()).ShouldContain("\"accuracy\":91.5");

        IDownload module = await open.Page.RunAndWaitForDownloadAsync(
            () => waiting.First.GetByRole(AriaRole.Button, new() { NameRegex = new("^PyTorch") }).ClickAsync());
        module.SuggestedFilename.ShouldEndWith(".py");
        open.Complaints.ShouldBeEmpty();
        await fixture.App.DeleteAsync($"searches/{id}");
    }

    [Fact]
    public async Task A_list_that_was_read_before_a_label_was_told_is_not_shown_after_it()
    {
        string id = await fixture.App.StartSearchAsync(SmallSearches.Request with { Labels = new() { By = LabelProviders.You } });
        await fixture.App.WantedAsync(id);
        OpenPage open = await fixture.OpenAsync($"#/run/{id}");
        ILocator waiting = open.Page.Locator(".labels form");
        await open.SeeAsync(waiting);
        int asked = await waiting.CountAsync();
        TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int lists = 0;
        await open.Page.RouteAsync("**/labels", async route =>
        {
            bool isFirst = Interlocked.Increment(ref lists) == 1;
            IAPIResponse read = await route.FetchAsync();
            if (isFirst)
            {
                held.SetResult();
                await letGo.Task;
            }

            await route.FulfillAsync(new() { Response = read });
        });
        await Awaiting.For(held.Task, "the page to read the list");

        await waiting.First.GetByRole(AriaRole.Spinbutton).FillAsync("91.5");
        await waiting.First.GetByRole(AriaRole.Button, new() { NameRegex = new("^Tell") }).ClickAsync();
        await open.SeeAsync(open.Page.Locator("#message"), "91.5 %");
        // One that is sent later has come back: what the page was to send has been sent.
        await open.Page.EvaluateAsync("() => fetch(location.href).then(answer => answer.text())");
        lists.ShouldBe(1, "it is read again when it has been read");
        letGo.SetResult();
        await Assertions.Expect(waiting).ToHaveCountAsync(asked - 1);

        await open.Page.UnrouteAllAsync();
        await fixture.App.DeleteAsync($"searches/{id}");
    }

    [Fact]
    public async Task A_search_on_a_device_of_which_nothing_is_known_is_told_a_latency_with_each_label()
    {
        OpenPage open = await fixture.OpenAsync("#/start");
        await open.Page.GetByText("Labels and images of your own").First.ClickAsync();
        await open.Page.GetByLabel("Labels by").SelectOptionAsync("you");
        await open.Page.GetByLabel("Device").SelectOptionAsync("told");
        await open.Page.GetByLabel("Labels", new() { Exact = true }).FillAsync("12");
        await open.Button("Start").ClickAsync();
        ILocator waiting = open.Page.Locator(".labels form");
        await open.SeeAsync(waiting);
        string id = await open.Page.Locator(".id").InnerTextAsync();
        int asked = await waiting.CountAsync();
        await waiting.Nth(1).GetByLabel("Accuracy of").FillAsync("88.5");
        await waiting.First.GetByLabel("Accuracy of").FillAsync("91.5");
        await waiting.First.GetByLabel("Latency of").FillAsync("3.25");
        await open.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(waiting).ToHaveCountAsync(asked - 1);
        await Assertions.Expect(waiting.First.GetByLabel("Latency of")).ToBeFocusedAsync();
        await Assertions.Expect(waiting.First.GetByLabel("Accuracy of")).ToHaveValueAsync("88.5");

        await waiting.First.GetByRole(AriaRole.Button, new() { NameRegex = new("failed$") }).ClickAsync();
        await open.Button("Cancel").ClickAsync();
        await waiting.First.GetByRole(AriaRole.Button, new() { NameRegex = new("failed$") }).ClickAsync();
        await open.Button("It failed").ClickAsync();
        await Assertions.Expect(waiting).ToHaveCountAsync(asked - 2);
        (await (await fixture.App.GetAsync($"searches/{id}/labels")).TextAsync()).ShouldContain("\"accuracy\":91.5,\"latencyMs\":3.25");
        open.Complaints.ShouldBeEmpty();
        await fixture.App.DeleteAsync($"searches/{id}");
    }

    [Fact]
    public async Task A_search_that_verifies_its_front_is_told_the_latencies_it_asks_for()
    {
        string cells = "index,latency_ms\n" + string.Join('\n', Enumerable.Range(0, 8).Select(n => $"{n * 1900},{1 + n}"));
        (await fixture.App.Client.PutAsync("devices/verified-board?dataset=cifar10", new StringContent(cells, Encoding.UTF8, "text/csv")))
            .EnsureSuccessStatusCode();
        string id = await fixture.App.StartSearchAsync(SmallSearches.Request with { Device = "verified-board", VerifyFront = true });
        OpenPage open = await fixture.OpenAsync($"#/run/{id}");
        ILocator waiting = open.Page.GetByRole(AriaRole.Region, new() { Name = "Latencies by you" }).Locator("form");
        ILocator tell = waiting.GetByRole(AriaRole.Button, new() { NameRegex = new("^Tell") });
        ILocator completed = open.Page.Locator("h1 .badge", new() { HasText = "completed" });
        await open.SeeAsync(tell);

        // What it is told moves the front, and it may ask for more.
        while (await completed.CountAsync() == 0)
        {
            string name = (await tell.First.GetAttributeAsync("aria-label"))!;
            ILocator form = waiting.Filter(new() { Has = open.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }) });
            await form.GetByLabel("Latency of").FillAsync("2.5");
            await form.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
            await Assertions.Expect(form).ToHaveCountAsync(0);
            await open.SeeAsync(tell.Or(completed));
        }

        open.Complaints.ShouldBeEmpty();
    }
}
