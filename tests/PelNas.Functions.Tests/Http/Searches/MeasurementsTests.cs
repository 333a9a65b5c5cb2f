
namespace PelNas.Functions.Tests.Http.Searches;

/// <summary>A device of which twenty cells are measured, and a search that asks for the latencies of its front.</summary>
public sealed class MeasurementsTests
{
    private const string Verified =
        """{"dataset":"cifar10","device":"board","verifyFront":true,"seed":3,"generations":2,"maxLabels":24,"proposalsPerPartition":4}""";

    private static readonly BenchmarkContext Pixel = SearchApp.Tables.GetContext("cifar10", "pixel3");

    [Fact]
    public async Task A_search_asks_for_the_latencies_of_its_front_and_draws_it_again()
    {
        await using SearchApp app = await SearchApp.StartAsync();
        await AddBoardAsync(app);
        string id = await app.StartSearchAsync(Verified);
        MeasurementView[] wanted = await WantedAsync(app, id);
        int failed = wanted[0].Index;
        (await app.TellAsync(id, failed, """{"failed":true,"reason":"no such operation"}""", "measurements"))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
        ConcurrentDictionary<int, double> told = [];

        await app.UntilAsync(
            async () =>
            {
                foreach (MeasurementView latency in await MeasurementsAsync(app, id, "?status=open"))
                {
                    told[latency.Index] = Pixel.LatencyMs[latency.Index];
                    (await app.TellAsync(id, latency.Index, Answer(latency.Index), "measurements")).StatusCode.ShouldBe(HttpStatusCode.OK);
                }

                return (await app.Durable.GetInstanceAsync(id, Cancellation))!.IsCompleted;
            },
            "the search has ended");

        await app.CompletesAsync(id);
        SearchFront front = await app.FrontAsync(id);
        front.Front.ShouldAllBe(point => point.LatencyFrom == FrontPoint.Measured && point.LatencyMs == Pixel.LatencyMs[point.Index]);
        front.Front.ShouldNotContain(point => point.Index == failed);
        front.Front.ShouldContain(point => told.ContainsKey(point.Index));
        MeasurementView[] all = await MeasurementsAsync(app, id, "");
        all.Single(latency => latency.Status == LabelStates.Failed).Failure.ShouldBe("no such operation");
        all.Where(latency => latency.Status == LabelStates.Told).Select(latency => latency.Index).ShouldBe(told.Keys, ignoreOrder: true);
        JsonElement result = await app.GetJsonAsync($"searches/{id}/result");
        result.GetProperty("front").EnumerateArray().Select(point => point.GetProperty("index").GetInt32())
            .ShouldBe(front.Front.Select(point => point.Index));

        // Later searches begin with them.
        JsonElement board = await app.GetJsonAsync("devices/board?format=summary");
        board.GetRawText().ShouldContain($"\"measured\":{20 + all.Length}");
    }

    [Fact]
    public async Task The_first_latency_told_stands_and_a_bad_one_is_refused_by_name()
    {
        await using SearchApp app = await SearchApp.StartAsync();
        await AddBoardAsync(app);
        string id = await app.StartSearchAsync(Verified);
        MeasurementView[] wanted = await WantedAsync(app, id);
        int index = wanted[0].Index;
        int other = Enumerable.Range(0, 100).First(cell => wanted.All(latency => latency.Index != cell));

        await (await app.TellAsync(id, index, "{}", "measurements")).ShouldBlameAsync("latencyMs");
        await (await app.TellAsync(id, index, """{"latencyMs":0}""", "measurements")).ShouldBlameAsync("latencyMs");
        await (await app.TellAsync(id, index, """{"latencyMs":3,"failed":true}""", "measurements")).ShouldBlameAsync("latencyMs");
        (await app.TellAsync(id, other, """{"latencyMs":3}""", "measurements")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await app.TellAsync(id, index, """{"latencyMs":3}""", "measurements")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.TellAsync(id, index, """{"latencyMs":3}""", "measurements")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await app.TellAsync(id, index, """{"latencyMs":4}""", "measurements"))
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, ProblemCodes.Conflict))
            .Detail.ShouldContain("3 ms");
    }

    [Fact]
    public async Task A_search_that_is_told_no_latency_ends_with_its_predictions()
    {
        FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using SearchApp app = await SearchApp.StartAsync(services => services.AddSingleton<TimeProvider>(time));
        await AddBoardAsync(app);
        string id = await app.StartSearchAsync(Verified);
        await WantedAsync(app, id);

        Task<OrchestrationMetadata> ended = app.FinishAsync(id);
        while (!ended.IsCompleted)
        {
            time.Advance(TimeSpan.FromHours(1));
            await app.Durable.GetInstanceAsync(id, Cancellation);
        }

        (await ended).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        (await app.FrontAsync(id)).Front.ShouldContain(point => point.LatencyFrom == FrontPoint.Predicted);
    }

    private static async Task AddBoardAsync(SearchApp app)
    {
        string csv = "index,latency_ms\n"
            + string.Concat(MeasurementChoice.Begin(20).Select(cell => FormattableString.Invariant($"{cell},{Pixel.LatencyMs[cell]}\n")));
        using StringContent content = new(csv, Encoding.UTF8, "text/csv");
        (await app.PutAsync("devices/board?dataset=cifar10", content)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private static string Answer(int index) => FormattableString.Invariant($$"""{"latencyMs":{{Pixel.LatencyMs[index]}}}""");

    private static async Task<MeasurementView[]> MeasurementsAsync(SearchApp app, string id, string query)
        => [.. (await app.GetAsync<MeasurementList>($"searches/{id}/measurements{query}")).Measurements];

    private static async Task<MeasurementView[]> WantedAsync(SearchApp app, string id)
    {
        MeasurementView[] open = [];
        await app.UntilAsync(
            async () => await app.Runs.GetAsync(id, Cancellation) is not null
                && (open = await MeasurementsAsync(app, id, "?status=open")).Length > 0, "latencies are wanted");
        return open;
    }
}
