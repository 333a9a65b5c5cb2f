using PelNas.Functions.Http.Spaces;

namespace PelNas.Functions.Tests.Http.Spaces;

public sealed class PutSpaceTests(SharedApp shared)
{
    private SearchApp App => shared.App;

    [Fact]
    public async Task A_space_is_added_listed_and_searched_to_a_front_and_never_changed()
    {
        StoredSpace stored = await (await PutAsync("grid", Definition("grid", 1))).ShouldBeAsync<StoredSpace>(HttpStatusCode.Created);
        (stored.Architectures, stored.Datasets[0], stored.Devices[0]).ShouldBe((30, "mine", "cpu"));
        (await PutAsync("grid", Definition("grid", 1))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PutAsync("grid", Definition("grid", 2))).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        SpaceList list = await App.GetAsync<SpaceList>("spaces");
        list.Spaces.Select(space => space.Name).ShouldBeSubsetOf(["accel-nasbench", "accel-nasbench-open", "transnas", "grid", "bad"]);
        list.Spaces.ShouldContain(space => space.Name == "grid");

        string id = await App.StartSearchAsync(
            new SearchRequest { Space = "grid", Dataset = "mine", Device = "cpu", MaxLabels = 14, Partitions = 2, Generations = 2 });
        (await App.FinishAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        SearchFront front = await App.GetAsync<SearchFront>($"searches/{id}/front");
        front.Front.ShouldNotBeEmpty();
        front.Front.ShouldAllBe(point => point.Architecture.StartsWith("depth=", StringComparison.Ordinal) && point.ParamsM == null);
        (await (await App.GetAsync($"searches/{id}/front?maxParamsM=1")).ShouldBlameAsync("maxParamsM"))
            .ShouldBe("nobody knows the parameters of the space grid; leave it out");
        CandidateList candidates = await App.GetAsync<CandidateList>($"searches/{id}/candidates");
        candidates.Candidates.ShouldAllBe(candidate => candidate.Architecture.StartsWith("depth=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_field_that_is_there_twice_is_named()
        => (await (await PutAsync("twice", """{"name":"twice","name":"twice"}""")).ShouldBlameAsync("definition"))
            .ShouldBe("is not well-formed JSON: Duplicate property 'name' encountered during deserialization");

    /// <summary>The example of docs/spaces.md, whose stub answers here.</summary>
    [Theory]
    [InlineData("told")]
    [InlineData("complexity")]
    public async Task A_space_without_a_table_is_searched_by_labels_that_its_user_tells(string device)
    {
        await using SearchApp app = await SearchApp.StartAsync();
        (await app.Client.PutAsync("spaces/tiny-vit", HttpAnswers.Json(TinyVit), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await (await app.PostAsync("searches", HttpAnswers.Json($$"""{"space":"tiny-vit","dataset":"my-images","device":"{{device}}"}""")))
            .ShouldBlameAsync("labels.by"))
            .ShouldContain("has no labels of its own; its user brings them ('you')");
        string id = await app.StartSearchAsync(
            $$$"""{"space":"tiny-vit","dataset":"my-images","device":"{{{device}}}","maxLabels":20,"partitions":3,"generations":3,"labels":{"by":"you"}}""");

        LabelView[] wanted = await app.WantedAsync(id);
        wanted.ShouldAllBe(label => label.ModelPath == null);
        (await (await app.Client.PutAsync($"searches/{id}/labels/depth=9", HttpAnswers.Json("""{"accuracy":50}"""), Cancellation))
            .ShouldBlameAsync("index")).ShouldContain("has asked for");
        Dictionary<string, int> choices = Read(wanted[0].Architecture);
        string typed = $" {wanted[0].Architecture.ToUpperInvariant()} ";
        (await app.Client.PutAsync(
            $"searches/{id}/labels/{Uri.EscapeDataString(typed)}", HttpAnswers.Json(Stub(choices, device)),
            Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await app.AnswerAllAsync(id, (LabelView label) => Stub(Read(label.Architecture), device));

        await app.CompletesAsync(id);
        SearchFront front = await app.FrontAsync(id);
        front.Labels.ShouldBe(20);
        front.Metrics.ShouldBeNull();
        front.Front.Count.ShouldBeGreaterThan(2);
        front.Front.ShouldAllBe(point => Math.Abs(point.Accuracy - Accuracy(Read(point.Architecture))) < 1e-9);
        if (device == "told")
        {
            front.Front.ShouldAllBe(point => Math.Abs(point.LatencyMs - LatencyMs(Read(point.Architecture))) < 1e-6);
        }
    }

    private const string TinyVit = """
        {"name":"tiny-vit","decisions":[
        {"name":"depth","choices":[8,10,12,14],"complexity":[8,10,12,14]},
        {"name":"width","choices":[128,192,256,384],"complexity":[13,19,26,38]},
        {"name":"heads","choices":[2,4,8],"complexity":[0,0,0]},
        {"name":"mlp","choices":["x2","x4"],"complexity":[0,4]}],
        "forbidden":[{"depth":14,"width":384}]}
        """;

    private static Dictionary<string, int> Read(string architecture)
        => architecture.Split(';').Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => int.Parse(pair[1].TrimStart('x'), CultureInfo.InvariantCulture));

    private static double Accuracy(Dictionary<string, int> choices)
        => 40 + (1.4 * choices["depth"]) + (8 * Math.Sqrt(choices["width"] / 128.0))
            + (choices["mlp"] == 4 ? 2 : 0) - (Math.Abs(choices["heads"] - 4) / 2.0);

    private static double LatencyMs(Dictionary<string, int> choices)
        => 0.002 * choices["depth"] * choices["width"] * (choices["mlp"] == 4 ? 1.5 : 1);

    private static string Stub(Dictionary<string, int> choices, string device) => device == "told"
        ? JsonSerializer.Serialize(new { accuracy = Accuracy(choices), latencyMs = LatencyMs(choices) })
        : JsonSerializer.Serialize(new { accuracy = Accuracy(choices) });

    [Fact]
    public async Task A_mistake_is_named_with_its_pointer_and_nothing_is_stored()
    {
        (await (await PutAsync("bad", Definition("bad", 1).Replace("\"mine\":\"top1\"", "\"mine\":\"top5\"", StringComparison.Ordinal)))
            .ShouldBlameAsync("/table/accuracies/mine"))
            .ShouldContain("must be a column of the table");
        (await (await PutAsync("bad", Definition("other", 1))).ShouldBlameAsync("/name")).ShouldContain("give both the same");
        SpaceList list = await App.GetAsync<SpaceList>("spaces");
        list.Spaces.ShouldNotContain(space => space.Name == "bad" || space.Name == "other");
    }

    private Task<HttpResponseMessage> PutAsync(string name, string json)
        => App.Client.PutAsync("spaces/" + name, HttpAnswers.Json(json), Cancellation);

    internal static string Definition(string name, int step) => JsonSerializer.Serialize(new
    {
        name,
        decisions = new object[]
        {
            new { name = "depth", choices = new[] { 1, 2, 3, 4, 5 } },
            new { name = "width", choices = new[] { 1, 2, 3, 4, 5, 6 } },
        },
        table = new
        {
            csv = "depth,width,top1,ms\n"
                + string.Concat(Enumerable.Range(0, 30)
                    .Select(row => $"{1 + (row / 6)},{1 + (row % 6)},{40 + (step * row % 31)},{1 + row}\n")),
            accuracies = new Dictionary<string, string> { ["mine"] = "top1" },
            latencies = new Dictionary<string, string> { ["cpu"] = "ms" },
        },
    });
}
