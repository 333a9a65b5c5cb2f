using PelNas.Functions;
using PelNas.Shared.Reports;
using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Rows.Sqlite;

namespace PelNas.Cli.Tests.Serving;

/// <summary>Kills the real program in the middle of a sweep, again and again.</summary>
public sealed class KilledServerTests : IDisposable
{
    private const int Kills = 50;

    // A fast machine gets further between two kills, and may end the sweep before all of them.
    private const int LeastKills = 20;

    private static readonly int Seeds = Math.Clamp(Environment.ProcessorCount / 2, 1, 4);
    private static readonly int Searches = 8 * Seeds;
    private static readonly string Ended = $"ended: {Searches} searches, 0 of them failed";

    private static readonly BenchmarkTables Tables = BenchmarkTables.OpenDefault();

    private readonly Pelnas _undisturbed = new();
    private readonly Pelnas _killed = new();

    public void Dispose()
    {
        _undisturbed.Dispose();
        _killed.Dispose();
    }

    [Fact]
    public async Task A_sweep_whose_server_is_killed_again_and_again_ends_as_if_it_had_not_been()
    {
        string sweep;
        await using (Server server = _killed.Serve())
        {
            await server.ListenAsync();
            sweep = await StartSweepAsync(server);
            while (await StatusAsync(server, sweep) == "pending")
            {
                // A busy machine may answer all requests of the lives below before it has begun the sweep.
            }

            await server.KillAsync();
        }

        // Kills come after a random number of answered requests, between the start of the process and some seconds of work. They strike
        // as long as the sweep is seen to run after them.
        int struck = 1;
        Random random = new(50);
        for (int kill = 1; kill < Kills; kill++)
        {
            await using Server server = _killed.Serve();
            int requests = random.Next(-4, 20);
            if (requests < 0)
            {
                await server.BeginAsync();
            }
            else
            {
                await server.ListenAsync();
                if (await StatusAsync(server, sweep) != "running")
                {
                    break;
                }

                struck = kill;
                for (int request = 0; request < requests; request++)
                {
                    await server.GetAsync($"sweeps/{sweep}");
                }
            }

            await server.KillAsync();
        }

        await using (Server server = _killed.Serve())
        {
            await server.ListenAsync();
            if (await StatusAsync(server, sweep) == "running")
            {
                struck = Kills;
                await server.UntilLoggedAsync(Ended);
            }
        }

        string undisturbed;
        await using (Server server = _undisturbed.Serve())
        {
            await server.ListenAsync();
            undisturbed = await StartSweepAsync(server);
            await server.UntilLoggedAsync(Ended);
        }

        struck.ShouldBeGreaterThanOrEqualTo(LeastKills, "most kills have to strike a sweep that runs");
        IReadOnlyList<string> results = await ResultsAsync(_killed, sweep);
        results.Count.ShouldBe(Searches);
        results.ShouldBe(await ResultsAsync(_undisturbed, undisturbed));
    }

    private static async Task<string> StatusAsync(Server server, string sweep)
        => (await server.GetAsync($"sweeps/{sweep}"))["status"]!.GetValue<string>();

    private static async Task<string> StartSweepAsync(Server server)
    {
        JsonObject request = new()
        {
            ["contexts"] = new JsonArray(ContextGroups.FirstEight),
            ["seeds"] = new JsonArray([.. Enumerable.Range(1, Seeds).Select(seed => JsonValue.Create(seed))]),
            ["maxLabels"] = 60,
            ["generations"] = 6,
            ["window"] = 2,
        };
        return (await server.PostAsync("sweeps", request))["id"]!.GetValue<string>();
    }

    /// <summary>
    /// What result.json has of each search of the sweep but for ids and times, and what the sweep recorded of each context.
    /// </summary>
    private static async Task<IReadOnlyList<string>> ResultsAsync(Pelnas pelnas, string sweep)
    {
        using SqliteRowStore rows = new(PelNasServices.StorePath(pelnas.Data));
        RunRepository runs = new(rows);
        SweepRow row = (await new SweepRepository(rows).GetAsync(sweep, Cancellation)).ShouldNotBeNull();
        row.FinishedAt.ShouldNotBeNull();
        List<string> results = [];
        foreach (SweepSearch search in row.Searches)
        {
            search.Failure.ShouldBeNull();
            RunContent content = (await RunContent.LoadAsync(runs, search.RunId, Cancellation)).ShouldNotBeNull();
            BenchmarkContext context = Tables.GetContext(search.Dataset, search.Device);
            SearchResult result = SearchResultBuilder.Build(
                content, context.Metrics.Evaluate(content.Labelled, LabelSources.Validation),
                context.Metrics.Ceiling(LabelSources.Validation));
            SweepContext compared = row.Contexts.Single(c => c.Dataset == search.Dataset && c.Device == search.Device);
            results.Add($"{(result with { RunId = "", StartedAt = default, FinishedAt = null }).ToJson()} {compared.Hypervolume}");
        }

        return results;
    }
}
