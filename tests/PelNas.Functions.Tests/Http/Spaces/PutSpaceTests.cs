using System.Net;
using System.Text.Json;
using Microsoft.DurableTask.Client;
using PelNas.Functions.Http.Searches;
using PelNas.Functions.Http.Spaces;
using PelNas.Functions.Tests.Support;
using PelNas.Shared.Records;

namespace PelNas.Functions.Tests.Http.Spaces;

public sealed class PutSpaceTests(SharedApp shared)
{
    private AppHost App => shared.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_space_is_added_listed_and_searched_to_a_front_and_never_changed()
    {
        StoredSpace stored = await (await PutAsync("grid", Definition("grid", 1))).ShouldBeAsync<StoredSpace>(HttpStatusCode.Created);
        (stored.Architectures, stored.Datasets[0], stored.Devices[0]).ShouldBe((30, "mine", "cpu"));
        (await PutAsync("grid", Definition("grid", 1))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PutAsync("grid", Definition("grid", 2))).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        SpaceList list = await (await App.GetAsync("spaces")).ShouldBeAsync<SpaceList>(HttpStatusCode.OK);
        list.Spaces.Select(space => space.Name).ShouldBeSubsetOf(["accel-nasbench", "accel-nasbench-open", "transnas", "grid", "bad"]);
        list.Spaces.ShouldContain(space => space.Name == "grid");

        string id = await App.StartSearchAsync(new SearchRequest { Space = "grid", Dataset = "mine", Device = "cpu", MaxLabels = 14, Partitions = 2, Generations = 2 });
        (await App.EndOfAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        SearchFront front = await (await App.GetAsync($"searches/{id}/front")).ShouldBeAsync<SearchFront>(HttpStatusCode.OK);
        front.Front.ShouldNotBeEmpty();
        front.Front.ShouldAllBe(point => point.Architecture.StartsWith("depth=", StringComparison.Ordinal) && point.ParamsM == null);
        CandidateList candidates = await (await App.GetAsync($"searches/{id}/candidates")).ShouldBeAsync<CandidateList>(HttpStatusCode.OK);
        candidates.Candidates.ShouldAllBe(candidate => candidate.Architecture.StartsWith("depth=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mistake_is_named_with_its_pointer_and_nothing_is_stored()
    {
        (await (await PutAsync("bad", Definition("bad", 1).Replace("\"mine\":\"top1\"", "\"mine\":\"top5\"", StringComparison.Ordinal))).ShouldBlameAsync("/table/accuracies/mine"))
            .ShouldContain("must be a column of the table");
        (await (await PutAsync("bad", Definition("other", 1))).ShouldBlameAsync("/name")).ShouldContain("give both the same");
        SpaceList list = await (await App.GetAsync("spaces")).ShouldBeAsync<SpaceList>(HttpStatusCode.OK);
        list.Spaces.ShouldNotContain(space => space.Name == "bad" || space.Name == "other");
    }

    private Task<HttpResponseMessage> PutAsync(string name, string json) => App.Client.PutAsync("spaces/" + name, HttpAnswers.Json(json), Cancellation);

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
            csv = "depth,width,top1,ms\n" + string.Concat(Enumerable.Range(0, 30).Select(row => $"{1 + (row / 6)},{1 + (row % 6)},{40 + (step * row % 31)},{1 + row}\n")),
            accuracies = new Dictionary<string, string> { ["mine"] = "top1" },
            latencies = new Dictionary<string, string> { ["cpu"] = "ms" },
        },
    });
}
