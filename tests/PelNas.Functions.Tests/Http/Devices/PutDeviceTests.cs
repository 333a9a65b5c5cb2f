using System.Net.Http.Headers;
using PelNas.Functions.Http.Devices;
using PelNas.Shared.Devices.Uploads;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Functions.Tests.Http.Devices;

public sealed partial class PutDeviceTests(SharedApp shared)
{
    private static readonly NasBench201 Space = NasBench201.Instance;

    private SearchApp App => shared.App;

    [Fact]
    public async Task A_table_in_JSON_is_stored_listed_and_can_be_searched_on()
    {
        // By index and by architecture in turn, last first: neither the way nor the order counts.
        var rows = Enumerable.Range(0, Space.Size).Reverse().Select(index => index % 2 == 0
            ? (object)new { index, latencyMs = Latency(index) }
            : new { architecture = Space.Format(index), latencyMs = Latency(index) });
        HttpResponseMessage answer = await PutAsync(
            "my-board", HttpAnswers.Json(JsonSerializer.Serialize(new { dataset = "cifar100", latencies = rows })));
        StoredDeviceTable stored = await answer.ShouldBeAsync<StoredDeviceTable>(HttpStatusCode.Created);
        (stored.Device, stored.Dataset, stored.Architectures).ShouldBe(("my-board", "cifar100", Space.Size));
        (stored.MinLatencyMs, stored.MaxLatencyMs).ShouldBe((Latency(0), Latency(Space.Size - 1)));

        DeviceList devices = await App.GetAsync<DeviceList>("devices");
        DeviceInfo listed = devices.Devices.Single(device => device.Name == "my-board");
        listed.Datasets.ShouldBe(["cifar100"]);
        listed.LatencySource.ShouldBe(LatencySource.Uploaded);

        string id = await App.StartSearchAsync(SmallSearches.Request with { Dataset = "cifar100", Device = "my-board" });
        (await App.FinishAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        (await App.SearchAsync(id)).DeviceTable.ShouldBe(stored.Version);
        SearchFront front = await App.GetAsync<SearchFront>($"searches/{id}/front");
        front.Front.ShouldNotBeEmpty();
        front.Front.ShouldAllBe(point => point.LatencyMs == Latency(point.Index));
        (await (await App.PostAsync("searches", SmallSearches.Body(SmallSearches.Request with { Device = "my-board" })))
            .ShouldBlameAsync("device"))
            .ShouldContain("no latency table for cifar10, only for cifar100");
    }

    [Fact]
    public async Task A_table_in_CSV_is_stored_and_stored_again_changes_nothing_and_another_is_a_new_version()
    {
        StoredDeviceTable first = await (await PutAsync("csv-board?dataset=cifar10", Csv(Table(1))))
            .ShouldBeAsync<StoredDeviceTable>(HttpStatusCode.Created);
        StoredDeviceTable again =
            await (await PutAsync("csv-board?dataset=cifar10", Csv("\uFEFF" + Table(1).Replace("\n", "\r\n", StringComparison.Ordinal))))
                .ShouldBeAsync<StoredDeviceTable>(HttpStatusCode.OK);
        again.ShouldBe(first);
        StoredDeviceTable second = await (await PutAsync("csv-board?dataset=cifar10", Csv(Table(2))))
            .ShouldBeAsync<StoredDeviceTable>(HttpStatusCode.OK);
        second.Version.ShouldNotBe(first.Version);
        second.MinLatencyMs.ShouldBe(2 * first.MinLatencyMs);
    }

    [Fact]
    public async Task Twenty_measurements_make_a_device_whose_front_says_what_is_predicted()
    {
        int[] cells = [.. MeasurementChoice.Begin(20)];
        object[] rows =
        [
            .. cells[..19].Select(index => (object)new { index, latencyUs = 1_000 * (1 + Space.FlopsM(index)) }),
            new { index = cells[0], latencyMs = 1.1 * (1 + Space.FlopsM(cells[0])) },
            new { index = cells[19], failed = true },
        ];
        StoredDeviceTable stored =
            await (await PutAsync("few-board", HttpAnswers.Json(JsonSerializer.Serialize(new { dataset = "cifar10", latencies = rows }))))
                .ShouldBeAsync<StoredDeviceTable>(HttpStatusCode.Created);
        (stored.Measured, stored.Infeasible, stored.Architectures).ShouldBe((20, 1, Space.Size - 1));
        stored.Validation.ShouldNotBeNull().Spearman.ShouldNotBeNull().ShouldBeGreaterThan(0.9);
        stored.Validation.Warning.ShouldBeNull();

        (await App.GetAsync<StoredDeviceTable>("devices/few-board?format=summary")).ShouldBe(stored);

        string id = await App.StartSearchAsync(SmallSearches.Request with { Device = "few-board" });
        (await App.FinishAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        SearchFront front = await App.GetAsync<SearchFront>($"searches/{id}/front");
        front.Front.ShouldNotBeEmpty();
        foreach (FrontPoint point in front.Front)
        {
            point.LatencyFrom.ShouldBe(cells.Contains(point.Index) ? "measured" : "predicted");
            point.LatencyLowMs.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(point.LatencyMs);
            point.LatencyHighMs.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(point.LatencyMs);
            point.Index.ShouldNotBe(cells[19]);
        }

        front.Front.ShouldContain(point => point.LatencyFrom == "predicted" && point.LatencyHighMs > point.LatencyLowMs);
    }

    [Fact]
    public async Task A_device_of_few_measurements_shows_them_beside_what_the_others_predict_and_what_to_measure_next()
    {
        const string Address = "devices/points-board";
        MeasurementSuggestions first = await App.GetAsync<MeasurementSuggestions>($"{Address}/suggestions?count=12");
        first.Measured.ShouldBe(0);
        int[] cells = [.. first.Cells.Select(cell => cell.Index)];
        cells.ShouldBe(MeasurementChoice.Begin(12));
        var rows = cells[..11].Select(index => (object)new { index, latencyMs = 1 + Space.FlopsM(index) })
            .Append(new { index = cells[11], failed = true });
        StoredDeviceTable stored =
            await (await PutAsync(
                "points-board", HttpAnswers.Json(JsonSerializer.Serialize(new { dataset = "cifar10", latencies = rows }))))
                .ShouldBeAsync<StoredDeviceTable>(HttpStatusCode.Created);

        DevicePoints points = await App.GetAsync<DevicePoints>($"{Address}?format=measured");
        points.Cells.Select(cell => cell.Index).ShouldBe(cells, ignoreOrder: true);
        DevicePoint[] run = [.. points.Cells.Where(cell => cell.LatencyMs is not null)];
        run.Length.ShouldBe(11);
        run.ShouldAllBe(cell => cell.LatencyMs == 1 + Space.FlopsM(cell.Index) && cell.Architecture == Space.Format(cell.Index));
        run.Select(cell => Math.Abs(cell.PredictedMs!.Value - cell.LatencyMs!.Value) / cell.LatencyMs.Value).Order().ElementAt(5)
            .ShouldBe(stored.Validation!.RelativeError, 1e-3);

        MeasurementSuggestions next = await App.GetAsync<MeasurementSuggestions>($"{Address}/suggestions?count=5");
        (next.Measured, next.Cells.Count).ShouldBe((12, 5));
        next.Cells.Select(cell => cell.Index).Intersect(cells).ShouldBeEmpty();

        await (await App.GetAsync("devices/fpga/suggestions?dataset=cifar10"))
            .ShouldBeProblemAsync(HttpStatusCode.Conflict, ProblemCodes.Conflict);
        (await (await App.GetAsync($"{Address}/suggestions?count=61")).ShouldBlameAsync("count")).ShouldContain("1 to 60");
    }

    [Fact]
    public async Task A_search_keeps_to_the_table_it_was_planned_with()
    {
        await PutAsync("changing?dataset=cifar10", Csv(Table(1)));
        string id = await App.StartSearchAsync(SmallSearches.Request with { Device = "changing" });
        await App.FinishAsync(id);
        string before = await (await App.GetAsync($"searches/{id}/front")).TextAsync();
        (await PutAsync("changing?dataset=cifar10", Csv(Table(3)))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await App.GetAsync($"searches/{id}/front")).TextAsync()).ShouldBe(before);
        string next = await App.StartSearchAsync(SmallSearches.Request with { Device = "changing" });
        await App.FinishAsync(next);
        (await App.SearchAsync(next)).DeviceTable.ShouldNotBe((await App.SearchAsync(id)).DeviceTable);
    }

    [Fact]
    public async Task A_table_is_read_back_as_it_was_stored_and_gone_once_it_is_deleted()
    {
        (await PutAsync("readback?dataset=cifar10", Csv(Table(1)))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await PutAsync("readback?dataset=cifar100", Csv(Table(2)))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await (await App.GetAsync("devices/readback?dataset=cifar10&format=csv")).TextAsync()).ShouldBe(Table(1) + "\n");
        JsonElement json = await App.GetJsonAsync("devices/readback?dataset=cifar100");
        json.GetProperty("latencies")[3].GetProperty("latencyMs").GetDouble().ShouldBe(2 * Latency(3));
        (await (await App.GetAsync("devices/readback")).ShouldBlameAsync("dataset")).ShouldContain("cifar10, cifar100");

        string id = await App.StartSearchAsync(SmallSearches.Request with { Device = "readback" });
        await App.FinishAsync(id);
        (await App.DeleteAsync("devices/readback?dataset=cifar10")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await App.ShouldNotFindAsync("devices/readback?dataset=cifar10");
        (await App.GetAsync($"searches/{id}/front")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await App.DeleteAsync("devices/readback")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await App.DeleteAsync("devices/readback")).ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);
        await (await App.DeleteAsync("devices/fpga")).ShouldBeProblemAsync(HttpStatusCode.Conflict, ProblemCodes.Conflict);
    }

    [Fact]
    public async Task One_latency_far_outside_the_rest_is_named_and_stretches_no_measure()
    {
        double[] latencies = [.. Enumerable.Range(0, Space.Size).Select(Latency)];
        latencies[15_624] = 60_000;
        string table = "index,latency_ms\n" + string.Join('\n', latencies.Select((latency, index) => string.Create(
            CultureInfo.InvariantCulture,
            $"{Space.Format(index).ToUpperInvariant().Replace("|+|", "| + |", StringComparison.Ordinal)},{latency:R}")));
        StoredDeviceTable stored = await (await PutAsync("outlier?dataset=cifar10", Csv(table)))
            .ShouldBeAsync<StoredDeviceTable>(HttpStatusCode.Created);
        stored.Warning.ShouldBe(
            "1 latency of outlier on cifar10 is far outside the rest, 60000 ms: measures count latencies up to 16.623 ms");
        await App.DeleteAsync("devices/outlier");
    }

    private static double Latency(int index) => 1 + (index / 1000.0);

    private static string Table(int factor) => MeasurementCsv.Header + "\n" + string.Join('\n', Enumerable.Range(0, Space.Size)
        .Select(index => string.Create(CultureInfo.InvariantCulture, $"{index},{factor * Latency(index):R}")));

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, new MediaTypeHeaderValue("text/csv"));

    private Task<HttpResponseMessage> PutAsync(string name, HttpContent content) => App.PutAsync("devices/" + name, content);
}
