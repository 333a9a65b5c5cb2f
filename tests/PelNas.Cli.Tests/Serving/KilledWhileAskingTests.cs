namespace PelNas.Cli.Tests.Serving;

/// <summary>Kills the real program while it asks for labels and is told them.</summary>
public sealed class KilledWhileAskingTests : PelnasTest
{
    private const int Kills = 10;

    private static readonly BenchmarkContext Fpga = BenchmarkTables.OpenDefault().GetContext("cifar10", "fpga");

    [Fact]
    public async Task A_search_whose_server_is_killed_ten_times_while_it_is_told_labels_ends_with_the_front_of_the_table()
    {
        string asked;
        await using (Server server = Pelnas.Serve())
        {
            await server.ListenAsync();
            asked = await StartAsync(server, "you");
            await server.KillAsync();
        }

        Random random = new(18);
        int? unanswered = null;
        for (int kill = 1; kill < Kills; kill++)
        {
            await using Server server = Pelnas.Serve();
            await server.ListenAsync();
            unanswered = await TellUntilKilledAsync(server, asked, unanswered, random);
        }

        await using Server last = Pelnas.Serve();
        await last.ListenAsync();
        (await IsRunningAsync(last, asked)).ShouldBeTrue("all kills have to strike a search that runs");
        await RepeatAsync(last, asked, unanswered);
        while (await IsRunningAsync(last, asked))
        {
            foreach (int index in await OpenAsync(last, asked))
            {
                await TellAsync(last, asked, index);
            }
        }

        string known = await StartAsync(last, "table");
        while (await IsRunningAsync(last, known))
        {
        }

        (await FrontAsync(last, asked)).ShouldBe(await FrontAsync(last, known));
    }

    /// <summary>Tells some labels and returns the one whose answer the kill took away, if it did.</summary>
    private static async Task<int?> TellUntilKilledAsync(Server server, string id, int? unanswered, Random random)
    {
        await RepeatAsync(server, id, unanswered);
        int whole = random.Next(2);
        for (int told = 0; told < whole; told++)
        {
            await TellAsync(server, id, await NextAsync(server, id));
        }

        int requests = random.Next(12);
        for (int request = 0; request < requests; request++)
        {
            await IsRunningAsync(server, id);
        }

        int struck = await NextAsync(server, id);
        Task telling = TellAsync(server, id, struck);
        await server.KillAsync();
        try
        {
            await telling;
            return null;
        }
        catch (HttpRequestException)
        {
            return struck;
        }
    }

    private static Task RepeatAsync(Server server, string id, int? unanswered)
        => unanswered is { } index ? TellAsync(server, id, index) : Task.CompletedTask;

    private static async Task<string> StartAsync(Server server, string labelsBy)
    {
        JsonObject request = new()
        {
            ["dataset"] = "cifar10",
            ["device"] = "fpga",
            ["seed"] = 3,
            ["generations"] = 3,
            ["maxLabels"] = 24,
            ["proposalsPerPartition"] = 4,
            ["labels"] = new JsonObject { ["by"] = labelsBy },
        };
        return (await server.PostAsync("searches", request))["id"]!.GetValue<string>();
    }

    private static async Task TellAsync(Server server, string id, int index)
    {
        (HttpStatusCode status, string content) = await server.SendAsync(
            HttpMethod.Put, $"searches/{id}/labels/{index}", new JsonObject { ["accuracy"] = Fpga.ValidationAccuracy[index] });
        status.ShouldBe(HttpStatusCode.OK, content);
    }

    private static async Task<int> NextAsync(Server server, string id)
    {
        int[] open;
        do
        {
            open = await OpenAsync(server, id);
        }
        while (open.Length == 0);
        return open[0];
    }

    /// <summary>Labels that are wanted; none while the search is being planned.</summary>
    private static async Task<int[]> OpenAsync(Server server, string id)
    {
        (HttpStatusCode status, string content) = await server.SendAsync(HttpMethod.Get, $"searches/{id}/labels?status=open");
        return status == HttpStatusCode.OK
            ? [.. JsonNode.Parse(content)!["labels"]!.AsArray().Select(label => label!["index"]!.GetValue<int>())]
            : [];
    }

    private static async Task<bool> IsRunningAsync(Server server, string id)
        => (await server.GetAsync($"searches/{id}"))["status"]!.GetValue<string>() is "pending" or "running";

    private static async Task<string[]> FrontAsync(Server server, string id) =>
    [
        .. (await server.GetAsync($"searches/{id}/front"))["front"]!.AsArray()
            .Select(point => string.Create(CultureInfo.InvariantCulture, $"{point!["index"]} {point["accuracy"]} {point["latencyMs"]}")),
    ];
}
