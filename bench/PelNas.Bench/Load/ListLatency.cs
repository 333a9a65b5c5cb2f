using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Records;

namespace PelNas.Bench.Load;

/// <summary>How long <c>GET /searches</c> takes over loopback HTTP with ten thousand runs in the store.</summary>
internal static class ListLatency
{
    private const int Runs = 10_000;
    private const int WarmUp = 200;
    private const int Requests = 2_000;
    private const int PageOfTheMiddle = 100;

    private static readonly DateTimeOffset First = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync()
    {
        await using AppUnderLoad app = await AppUnderLoad.StartAsync();
        for (int n = 0; n < Runs; n++)
        {
            await app.Runs.AddAsync(Run(n), CancellationToken.None);
        }

        Console.WriteLine($"| request, {Runs} runs in the store | clients | p50 ms | p95 ms | p99 ms | requests a second |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        await MeasureAsync(app, "searches", clients: 1);
        await MeasureAsync(app, "searches", clients: 8);
        await MeasureAsync(app, "searches?top=200", clients: 1);
        await MeasureAsync(app, $"searches?continuation={await MiddleAsync(app)}", clients: 1, "searches?continuation=(after 5,000 runs)");
        await MeasureAsync(app, "searches?status=failed", clients: 1, "searches?status=failed (none is: five pages are looked through)");
    }

    private static RunRow Run(int n) => new()
    {
        RunId = RunIds.Create(First.AddMinutes(n), $"{n:D8}"),
        Request = new SearchRequest { Dataset = "cifar10", Device = "fpga", Seed = n },
        Partitions = [.. Enumerable.Range(0, 6)
            .Select(partition => new PartitionPlan(partition, $"{partition} of at most 5 convolutions 3x3", 2_600))],
        Proposer = "offline",
        Predictor = "gaussian-process on paths",
        StartedAt = First.AddMinutes(n),
        FinishedAt = First.AddMinutes(n + 1),
        StopReason = "generations",
    };

    /// <summary>The token that goes on after half of the runs.</summary>
    private static async Task<string> MiddleAsync(AppUnderLoad app)
    {
        string? token = null;
        for (int page = 0; page < PageOfTheMiddle; page++)
        {
            string next = token is null ? "" : $"&continuation={Uri.EscapeDataString(token)}";
            token = JsonNode.Parse(await app.Client.GetStringAsync($"searches?top=50{next}"))!["continuation"]!.GetValue<string>();
        }

        return Uri.EscapeDataString(token!);
    }

    private static async Task MeasureAsync(AppUnderLoad app, string path, int clients, string? name = null)
    {
        for (int n = 0; n < WarmUp; n++)
        {
            await app.Client.GetStringAsync(path);
        }

        long began = Stopwatch.GetTimestamp();
        double[][] all = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            double[] times = new double[Requests / clients];
            for (int n = 0; n < times.Length; n++)
            {
                long sent = Stopwatch.GetTimestamp();
                await app.Client.GetStringAsync(path);
                times[n] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
            }

            return times;
        })));
        double elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        double[] sorted = [.. all.SelectMany(times => times).Order()];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| `GET /{name ?? path}` | {clients} | {At(sorted, 0.50):F2} | {At(sorted, 0.95):F2} | {At(sorted, 0.99):F2} | "
                + $"{sorted.Length / elapsed:F0} |"));
    }

    // Nearest rank: the smallest time that the share of requests does not exceed.
    private static double At(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
