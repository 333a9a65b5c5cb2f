using PelNas.Shared.SearchSpaces;

namespace PelNas.Functions.Tests.Http.Page;

/// <summary>Devices of one's own on the page.</summary>
[Collection(nameof(PageFixture))]
public sealed class DevicesViewTests(PageFixture fixture)
{
    [Fact]
    public async Task A_device_is_uploaded_once_the_table_is_whole()
    {
        OpenPage open = await fixture.OpenAsync("#/devices");
        await open.Page.GetByLabel("Name").FillAsync("my-board");
        await open.Page.Locator("#device-file").SetInputFilesAsync(Csv("index,latency_ms\n0,-1\n"));
        await open.Button("Upload").ClickAsync();
        ILocator answer = open.Page.GetByRole(AriaRole.Alert);
        await open.SeeAsync(answer, "not stored");
        HttpResponseMessage refused = await fixture.App.Client.PutAsync(
            "devices/my-board?dataset=cifar10", new StringContent("index,latency_ms\n0,-1\n", Encoding.UTF8, "text/csv"), Cancellation);
        string said =
            JsonDocument.Parse(await refused.TextAsync()).RootElement.GetProperty("errors").EnumerateObject().First().Value[0].GetString()!;
        await open.SeeAsync(answer, said);

        StringBuilder table = new("index,latency_ms\n");
        for (int index = 0; index < 15_625; index++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{index},{1 + (index % 7)}\n");
        }

        await open.Page.Locator("#device-file").SetInputFilesAsync(Csv(table.ToString()));
        await open.Button("Upload").ClickAsync();
        await open.SeeAsync(answer, "15,625 architectures from 1 ms to 7 ms");
        await open.SeeAsync(open.Page.GetByRole(AriaRole.Table, new() { Name = "Devices" }), "my-board");
        await open.GoAsync("#/start");
        await open.Page.GetByLabel("Device").SelectOptionAsync("my-board");
    }

    [Fact]
    public async Task Measurements_that_are_dropped_show_how_well_they_predict_and_what_to_measure_next()
    {
        OpenPage open = await fixture.OpenAsync("#/devices");
        await open.Button("What to measure first").ClickAsync();
        ILocator suggested = open.Page.GetByRole(AriaRole.Table, new() { Name = "Cells to measure" }).Locator("tbody tr");
        await Assertions.Expect(suggested).ToHaveCountAsync(20);
        string[] cells = [.. await suggested.Locator("th").AllInnerTextsAsync()];
        string csv = "index,latency_ms\n" + string.Join('\n', cells.Select((cell, i) => $"{cell},{1 + (i * 7 % 20)}"));

        await open.Page.GetByLabel("Name").FillAsync("dropped-board");
        await open.Page.Locator(".drop").EvaluateAsync(
            """
            (drop, text) => {
                const carried = new DataTransfer();
                carried.items.add(new File([text], 'board.csv', { type: 'text/csv' }));
                drop.dispatchEvent(new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true }));
            }
            """,
            csv);
        await open.SeeAsync(open.Page.Locator(".drop"), "board.csv");
        await open.Button("Upload").ClickAsync();
        await open.SeeAsync(open.Page.GetByRole(AriaRole.Alert), "of which 20 were measured");

        ILocator card = open.Page.GetByRole(AriaRole.Region, new() { Name = "Measured by you" })
            .Locator(".apart > .stack", new() { HasText = "dropped-board" });
        await open.SeeAsync(card.Locator(".notice"), "Predicted latencies are poor: each of 20 measured cells");
        await open.SeeAsync(card.Locator(".plot svg"));
        await card.GetByText("The measurements").ClickAsync();
        await Assertions.Expect(card.GetByRole(AriaRole.Table, new() { Name = "Measured cells" }).Locator("tbody tr")).ToHaveCountAsync(20);
        await card.GetByRole(AriaRole.Button, new() { Name = "What to measure next" }).ClickAsync();
        ILocator next = card.GetByRole(AriaRole.Table, new() { Name = "Cells to measure" }).Locator("tbody tr th");
        await Assertions.Expect(next).ToHaveCountAsync(10);
        (await next.AllInnerTextsAsync()).Intersect(cells).ShouldBeEmpty();

        string id = await fixture.App.StartSearchAsync(SmallSearches.Request with { Device = "dropped-board" });
        await fixture.App.FinishAsync(id);
        await open.GoAsync($"#/run/{id}");
        await open.SeeAsync(open.Page.Locator("table.list tbody"), "predicted, nine in ten from");
        open.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_device_that_was_measured_here_tells_the_machine()
    {
        MeasuredCell[] cells = [.. Enumerable.Range(0, 6).Select(n => new MeasuredCell(n * 2600, 1 + n))];
        MeasurementSetup setup = new("A small machine", "ONNX Runtime 1.0", 2, DateTimeOffset.UnixEpoch, 16, 5, 15, 32, 10, 3);
        IServiceProvider services = fixture.App.Services;
        DeviceTable table = DeviceTable.Of(
            "machine", "cifar10", DateTimeOffset.UnixEpoch, NasBench201.Instance,
            cells, services.GetRequiredService<LatencyEstimator>(), setup);
        await services.GetRequiredService<DeviceRepository>().PutAsync(table, Cancellation);

        OpenPage open = await fixture.OpenAsync("#/devices");
        ILocator facts = open.Page.Locator(".apart > .stack", new() { HasText = "machine, cifar10" }).Locator(".facts");
        await open.SeeAsync(facts, "A small machine");
        await open.SeeAsync(facts, "ONNX Runtime 1.0, 2 threads");
        await open.SeeAsync(facts, "1970-01-01 00:00:00 UTC");
    }

    private static FilePayload Csv(string text)
        => new() { Name = "board.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) };
}
