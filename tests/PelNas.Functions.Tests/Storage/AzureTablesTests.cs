using PelNas.Functions.Tests.Http;
using PelNas.Tests.Azurite;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace PelNas.Functions.Tests.Storage;

/// <summary>The whole app with its results in tables.</summary>
public sealed class AzureTablesTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_search_leaves_the_same_in_tables_as_in_the_embedded_store_though_each_activity_may_run_twice()
    {
        using TemporaryFolder folder = new();
        string embedded = await ResultAsync(new SearchAppSettings(folder.Path));
        (string once, string onceTables) = await InTablesAsync(Delivery.Once);
        once.ShouldBe(embedded);
        foreach (Delivery delivery in (Delivery[])[Delivery.AgainAtOnce, Delivery.AtTheSameTime])
        {
            (string twice, string twiceTables) = await InTablesAsync(delivery);
            twice.ShouldBe(embedded, $"{delivery}");
            twiceTables.ShouldBe(onceTables, $"{delivery}");
        }

        onceTables.Split('\n').Length.ShouldBeGreaterThan(80);
    }

    [Fact]
    public async Task No_request_scans_a_table()
    {
        AzuriteStores stores = new(await azurite.Server);
        RequestHooks hooks = new();
        await using SearchApp app =
            await SearchApp.StartAsync(services => services.AddSingleton<IRowStore>(stores.OpenRows(configure: hooks.AddTo)));
        string id = await app.StartSearchAsync();
        (await app.FinishAsync(id)).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);

        RouteSamples.All.Select(sample => sample.Operation).Distinct()
            .ShouldBe(OpenApiDocument.Load().Stored, ignoreOrder: true, "every route of the app");
        foreach (RouteSample sample in RouteSamples.All.Where(sample => !sample.Operation.StartsWith("DELETE", StringComparison.Ordinal)))
        {
            // Whatever else sends requests meanwhile, a search or sweep that was started here, must not scan either.
            int before = hooks.Sent.Count;
            HttpResponseMessage answer = await app.SendAsync(sample, id);
            ((int)answer.StatusCode).ShouldBeLessThan(500, sample.ToString());
            answer.StatusCode.ShouldNotBe(HttpStatusCode.BadRequest, $"{sample}: {await answer.TextAsync()}");
            hooks.Sent.Count.ShouldBeGreaterThan(before, $"{sample} should come as far as the store");
            if (answer.StatusCode == HttpStatusCode.Accepted)
            {
                string started = (await answer.ShouldBeJsonAsync(HttpStatusCode.Accepted)).GetProperty("id").GetString()!;
                await app.FinishAsync(SweepIds.IsValid(started) ? ActiveSweepOrchestrator.InstanceId : started);
            }
        }

        hooks.Sent.Count(request => request.IsQuery).ShouldBeGreaterThan(5);
        hooks.Sent.ShouldAllBe(request => request.IsBounded);

        (await app.DeleteAsync($"searches/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        hooks.Sent.ShouldAllBe(request => request.IsBounded);
        (await app.GetAsync($"searches/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<(string Result, string Tables)> InTablesAsync(Delivery delivery)
    {
        using TemporaryFolder folder = new();
        string connection = (await azurite.Server).ConnectionString();
        string prefix = delivery.ToString();
        string result = await ResultAsync(new SearchAppSettings(folder.Path) { Delivery = delivery }
            .With("PelNas:Storage:ConnectionString", connection).With("PelNas:Storage:TablePrefix", prefix));
        File.Exists(Path.Combine(folder.Path, "store.db")).ShouldBeFalse();
        return (result, await TableDump.ReadAsync(connection, prefix, Cancellation));
    }

    private static async Task<string> ResultAsync(SearchAppSettings settings)
    {
        await using SearchApp app = await SearchApp.StartAsync(settings);
        (await app.RunAsync(SearchApp.SmallSearch())).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Completed);
        return PelNasJson.Serialize(await app.ResultAsync());
    }
}
