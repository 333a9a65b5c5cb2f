namespace PelNas.Functions.Tests.Http.Searches;

public sealed class GetHeuristicsTests(SharedApp shared)
{
    private SearchApp App => shared.App;

    private string Address => $"searches/{shared.Ended}/partitions/2/heuristics";

    [Fact]
    public async Task Heuristics_are_shown_with_their_evidence_most_trusted_first()
    {
        const string Id = "20260102-030405-evidence";
        Heuristic[] rules =
        [
            new("positive", "Put nor_conv_1x1 on 0->3.", "3 of the best 4 have it.", 0.8, "0->3", "nor_conv_1x1"),
            new("negative", "Avoid <b>pooling</b>.", "All at chance.", 0.5),
        ];
        await App.Runs.AddAsync((await App.Runs.GetAsync(shared.Ended, Cancellation))! with { RunId = Id }, Cancellation);
        foreach (int generation in new[] { 1, 3 })
        {
            HeuristicsRow row = new() { Partition = 2, Generation = generation, Rules = rules, Usage = ChatUsage.None };
            await App.Runs.AddAsync(Id, row, Cancellation);
        }

        PartitionHeuristics shown = await App.GetAsync<PartitionHeuristics>($"searches/{Id}/partitions/2/heuristics");
        shown.Heuristics.ShouldBe(rules);
        shown.Generation.ShouldBe(3);
        shown.Generations.ShouldBe([1, 3]);
    }

    [Fact]
    public async Task Those_that_a_search_wrote_last_are_shown()
    {
        IReadOnlyList<HeuristicsRow> rows = (await App.Runs.GetHistoryAsync(shared.Ended, Cancellation)).Heuristics(2);
        PartitionHeuristics shown = await App.GetAsync<PartitionHeuristics>(Address);
        shown.Heuristics.ShouldBe(rows[^1].Rules);
        shown.Generation.ShouldBe(rows[^1].Generation);
        shown.Generations.ShouldBe(rows.Select(row => row.Generation));
        shown.Partition.ShouldBe(2);
        shown.Rule.ShouldBe((await App.SearchAsync(shared.Ended)).Partitions[2].Rule);
        shown.Proposer.ShouldBe("offline");
    }

    [Fact]
    public async Task Those_of_a_generation_can_be_asked_for()
        => (await App.GetAsync<PartitionHeuristics>(Address + "?generation=1")).Generation.ShouldBe(1);

    [Fact]
    public async Task Who_has_them_already_gets_304()
    {
        string tag = (await App.GetAsync(Address)).Headers.ETag.ShouldNotBeNull().Tag;
        (await App.GetAsync(Address, tag)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await App.GetAsync(Address.Replace("/2/", "/3/", StringComparison.Ordinal), tag)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("6")]
    [InlineData("-1")]
    [InlineData("two")]
    public async Task An_unknown_partition_is_not_found(string partition)
    {
        HttpResponseMessage answer = await App.GetAsync($"searches/{shared.Ended}/partitions/{partition}/heuristics");
        (await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NoSuchPartition)).Detail.ShouldContain("0 to 5");
    }

    [Fact]
    public async Task A_generation_without_heuristics_is_not_found()
    {
        await (await App.GetAsync(Address + "?generation=0")).ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NoSuchGeneration);
        await (await App.GetAsync(Address + "?generation=x")).ShouldBlameAsync("generation");
    }

    [Fact]
    public async Task A_search_that_goes_without_heuristics_says_so()
    {
        const string Id = "20260102-030405-ablation";
        RunRow run = (await App.Runs.GetAsync(shared.Ended, Cancellation))!;
        await App.Runs.AddAsync(run with { RunId = Id, Request = run.Request with { UseHeuristics = false } }, Cancellation);
        HttpResponseMessage answer = await App.GetAsync($"searches/{Id}/partitions/0/heuristics");
        (await answer.ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotYet)).Detail.ShouldContain("useHeuristics is false");
    }
}
