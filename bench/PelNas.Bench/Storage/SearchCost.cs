using Azure.Data.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PelNas.Functions;
using PelNas.Functions.Orchestrations;
using PelNas.Local.Host;
using PelNas.Shared.Records;
using PelNas.Shared.Storage.Rows;
using PelNas.Shared.Storage.Rows.AzureTables;
using PelNas.Tests.Azurite;

namespace PelNas.Bench.Storage;

/// <summary>
/// Counts the requests and bytes that one search of the default size sends to a storage account, for the cost model in docs/storage.md.
/// </summary>
internal static class SearchCost
{
    private const string RunId = "20260301-120000-cost";

    public static async Task MeasureAsync(TextWriter output)
    {
        await using AzuriteServer server = await AzuriteServer.StartAsync();
        AzuriteStores stores = new(server);
        RequestHooks hooks = new();
        AzureTablesRowStore store = stores.OpenRows(configure: hooks.AddTo);
        await RunAsync(store);

        output.WriteLine("| what | kind | requests | bytes sent |");
        output.WriteLine("|---|---|---|---|");
        foreach (var kind in hooks.Sent.GroupBy(request => (Target: Target(request, stores.Prefix), Kind: Kind(request)))
            .OrderBy(group => group.Key))
        {
            output.WriteLine($"| {kind.Key.Target} | {kind.Key.Kind} | {kind.Count()} | {kind.Sum(request => request.Length)} |");
        }

        output.WriteLine($"| all | | {hooks.Sent.Count} | {hooks.Sent.Sum(request => request.Length)} |");
        output.WriteLine($"\nreceived: {hooks.Received} bytes\n");
        output.WriteLine("| table | rows | bytes at rest |");
        output.WriteLine("|---|---|---|");
        foreach (string table in hooks.Sent.Select(request => Target(request, stores.Prefix)).Distinct()
            .Where(table => table is "Runs" or "Generations" or "LlmCache").Order())
        {
            List<TableEntity> rows = await stores.Table(table).QueryAsync<TableEntity>().ToListAsync();
            output.WriteLine(
                $"| {table} | {rows.Count} | "
                    + $"{rows.Sum(row => row.Select(property => property.Value).OfType<byte[]>().Sum(body => body.Length))} |");
        }
    }

    private static async Task RunAsync(IRowStore store)
    {
        string folder = Directory.CreateTempSubdirectory("pelnas-bench-").FullName;
        LocalHostBuilder builder = LocalHost.CreateBuilder([], withHttp: false);
        builder.Logging.ClearProviders();
        builder.Services.Configure<LocalHostOptions>(options =>
        {
            options.FunctionTypes = typeof(SearchOrchestrator).Assembly.GetTypes();
            options.DataDirectory = folder;
            options.EnableTimers = false;
        });
        builder.Services.AddSingleton(store);
        builder.UsePelNas();
        using (IHost host = builder.Build())
        {
            await host.StartAsync();
            DurableTaskClient client = host.Services.GetRequiredService<DurableTaskClient>();
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(SearchOrchestrator), new SearchInput(new SearchRequest { Dataset = "cifar10", Device = "fpga", Seed = 1 }),
                new StartOrchestrationOptions(InstanceId: RunId));
            OrchestrationMetadata ended = await client.WaitForInstanceCompletionAsync(RunId);
            await host.StopAsync();
            if (ended.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
            {
                throw new InvalidOperationException($"The search ended as {ended.RuntimeStatus}.");
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    private static string Target(SentRequest request, string prefix)
    {
        string path = request.Uri.AbsolutePath.Split('/', 3)[2];
        return path == "$batch" ? "batch" : path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..].Split('(')[0] : path;
    }

    private static string Kind(SentRequest request) => request switch
    {
        { IsWrite: true } => "write",
        { IsQuery: true } => "query",
        _ => "read",
    };
}
