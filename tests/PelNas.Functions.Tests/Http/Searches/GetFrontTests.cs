namespace PelNas.Functions.Tests.Http.Searches;

public sealed class GetFrontTests(SharedApp shared)
{
    private SearchApp App => shared.App;

    private string Address => $"searches/{shared.Ended}/front";

    [Fact]
    public async Task The_front_in_force_is_shown_with_the_metrics_that_result_json_has()
    {
        SearchFront shown = await App.GetAsync<SearchFront>(Address);
        RunContent content = (await RunContent.LoadAsync(App.Runs, shared.Ended, Cancellation))!;
        shown.Front.ShouldBe(content.Front!.Points);
        shown.Front.ShouldNotBeEmpty();
        shown.Generation.ShouldBe(content.Front.Version);
        shown.Labels.ShouldBe(12);
        shown.Proposer.ShouldBe("offline");
        shown.LabelsFrom.ShouldBe("validation");
        BenchmarkContext benchmark = BenchmarkTables.OpenDefault().GetContext("cifar10", "fpga");
        shown.Metrics.ShouldBe(benchmark.Metrics.Evaluate(content.Front.Points.Select(point => point.Index), LabelSources.Validation));
        shown.Ceiling.ShouldBe(benchmark.Metrics.Ceiling(LabelSources.Validation));
    }

    [Fact]
    public async Task An_earlier_front_is_shown_with_the_labels_paid_until_then()
    {
        SearchFront first = await App.GetAsync<SearchFront>(Address + "?generation=0");
        SearchFront last = await App.GetAsync<SearchFront>(Address);
        first.Generation.ShouldBe(0);
        first.Labels.ShouldBeInRange(1, last.Labels - 1);
        first.Metrics!.Hypervolume.ShouldBeLessThanOrEqualTo(last.Metrics!.Hypervolume);
        RoundRow round = (await App.Runs.GetHistoryAsync(shared.Ended, Cancellation)).Fronts.First().Round;
        first.Metrics.Hypervolume.ShouldBe(round.Hypervolume!.Value, 1e-12);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("0")]
    [InlineData("1e400")]
    [InlineData("fast")]
    public async Task A_limit_that_is_no_number_over_0_is_refused(string limit)
        => (await (await App.GetAsync($"{Address}?maxLatencyMs={limit}")).ShouldBlameAsync("maxLatencyMs"))
            .ShouldContain("give a number over 0");

    [Fact]
    public async Task Within_limits_the_front_is_that_of_all_labels_within_them()
    {
        RunCandidate[] labelled = [.. (await App.Runs.GetHistoryAsync(shared.Ended, Cancellation)).Candidates()
            .Where(candidate => candidate.Row.Accuracy is not null)];
        BenchmarkContext benchmark = BenchmarkTables.OpenDefault().GetContext("cifar10", "fpga");
        double[] sizes = [.. labelled.Select(candidate => benchmark.Space.ParamsM(candidate.Row.Index, 10)).Order()];
        double limit = sizes[sizes.Length / 2];
        RunCandidate[] within = [.. labelled.Where(candidate => benchmark.Space.ParamsM(candidate.Row.Index, 10) <= limit)];

        SearchFront shown = await App.GetAsync<SearchFront>(string.Create(CultureInfo.InvariantCulture, $"{Address}?maxParamsM={limit:R}"));

        shown.Front.Select(point => point.Index).ShouldBe(LabelledFront.Of(within).Select(candidate => candidate.Row.Index));
        ContextMetrics metrics = new(benchmark, index => benchmark.Space.ParamsM(index, 10) <= limit);
        shown.Metrics.ShouldBe(metrics.Evaluate(within.Select(candidate => candidate.Row.Index), LabelSources.Validation));
        (await (await App.GetAsync(Address + "?maxLatencyMs=0.0001")).ShouldBlameAsync("maxLatencyMs"))
            .ShouldContain("rules out every architecture");
    }

    [Fact]
    public async Task As_CSV_it_is_the_file_that_the_command_line_writes()
    {
        HttpResponseMessage answer = await App.GetAsync(Address + "?format=csv");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        (await answer.TextAsync())
            .ShouldBe(FrontCsv.Format((await App.Runs.GetHistoryAsync(shared.Ended, Cancellation)).Front!.Front.Points, "validation"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?format=csv")]
    public async Task Who_has_it_already_gets_304_without_a_body(string query)
    {
        HttpResponseMessage first = await App.GetAsync(Address + query);
        string tag = first.Headers.ETag.ShouldNotBeNull().ToString();
        tag.ShouldStartWith("\"");
        foreach (string known in new[] { tag, $"\"other\", {tag}", "W/" + tag, "*" })
        {
            HttpResponseMessage again = await App.GetAsync(Address + query, known);
            again.StatusCode.ShouldBe(HttpStatusCode.NotModified, known);
            again.Headers.ETag!.ToString().ShouldBe(tag);
            (await again.TextAsync()).ShouldBeEmpty();
        }

        (await App.GetAsync(Address + query, "\"other\"")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Other_content_has_another_tag()
    {
        string[] tags = [await TagAsync(""), await TagAsync("?format=csv"), await TagAsync("?generation=0")];
        tags.Distinct().Count().ShouldBe(3);

        async Task<string> TagAsync(string query) => (await App.GetAsync(Address + query)).Headers.ETag!.Tag;
    }

    [Theory]
    [InlineData("?format=xml", "format")]
    [InlineData("?format=", "format")]
    [InlineData("?format=csv&format=json", "format")]
    [InlineData("?generation=-1", "generation")]
    [InlineData("?generation=1.0", "generation")]
    [InlineData("?generation=1001", "generation")]
    [InlineData("?generation=", "generation")]
    public async Task A_bad_parameter_is_named(string query, string parameter)
        => await (await App.GetAsync(Address + query)).ShouldBlameAsync(parameter);

    [Fact]
    public async Task A_generation_that_never_was_is_told_from_a_front_that_is_not_there_yet()
    {
        Problem problem = await (await App.GetAsync(Address + "?generation=99"))
            .ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NoSuchGeneration);
        problem.Detail.ShouldContain("generation 99");

        const string Id = "20260102-030405-nofront";
        await App.Runs.AddAsync(
            (await App.Runs.GetAsync(shared.Ended, Cancellation))! with { RunId = Id, FinishedAt = null }, Cancellation);
        await (await App.GetAsync($"searches/{Id}/front")).ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotYet);
        await (await App.GetAsync($"searches/{Id}/front?generation=0")).ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotYet);
    }
}
