using System.Globalization;
using PelNas.Shared.Records;
using PelNas.Tests.Browser;

namespace PelNas.Bench.Load;

/// <summary>
/// How long a browser takes over loopback HTTP until the page shows its data and takes input, with a thousand runs and one of ten thousand
/// candidates.
/// </summary>
internal static class PageLoad
{
    private const int Runs = 1_000;
    private const int Candidates = 10_000;
    private const int Loads = 15;

    // From the start of the navigation until what is waited for is there and the browser has nothing else to do.
    private const string Watch =
        """
        sessionStorage.setItem('pelnas-key', 'KEY');
        window.times = new Promise((resolve) => addEventListener('DOMContentLoaded', () => new MutationObserver((_, observer) => {
            if (!document.querySelector('WHAT')) return;
            observer.disconnect();
            const shown = performance.now();
            requestIdleCallback(() => resolve([shown, performance.now()]));
        }).observe(document.body, { subtree: true, childList: true })));
        """;

    public static async Task RunAsync()
    {
        await using AppUnderLoad app = await AppUnderLoad.StartAsync();
        string large = await FillAsync(app);
        await using Chromium chromium = new();
        Console.WriteLine(
            $"| view, {Runs} runs in the store | shown, median ms | takes input, median ms | the slowest of {Loads} | bytes over HTTP |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        await MeasureAsync(app, chromium, "searches", "#/runs", "tbody tr th a");
        await MeasureAsync(app, chromium, "a search of 10,000 candidates", $"#/run/{large}", ".plot.tall canvas, .plot.tall svg");
    }

    /// <summary>Writes the runs.</summary>
    /// <returns>Id of the one with many candidates.</returns>
    private static async Task<string> FillAsync(AppUnderLoad app)
    {
        string source = await app.StartSearchAsync(new SearchRequest { Dataset = "cifar10", Device = "fpga", Seed = 1 });
        await app.EndOfAsync(source);
        RunRow run = (await app.Runs.GetAsync(source, CancellationToken.None))!;
        for (int n = 1; n < Runs; n++)
        {
            DateTimeOffset start = run.StartedAt.AddMinutes(-n);
            await app.Runs.AddAsync(run with
            {
                RunId = RunIds.Create(start, $"{n:x8}"),
                StartedAt = start,
                FinishedAt = start.AddSeconds(9),
            }, CancellationToken.None);
        }

        string large = RunIds.Create(run.StartedAt.AddMinutes(-Runs), "00000000");
        await app.Runs.AddAsync(run with { RunId = large }, CancellationToken.None);
        IReadOnlyList<IGenerationRow> rows = await app.Runs.ReadAsync(source, 0, int.MaxValue, CancellationToken.None);
        await app.Runs.WriteAsync(large, Grown(rows), CancellationToken.None);
        return large;
    }

    /// <summary>The rows of a search with as many candidates more, which have the scores of those that there are, as it takes.</summary>
    private static IEnumerable<IGenerationRow> Grown(IReadOnlyList<IGenerationRow> rows)
    {
        CandidateRow[] scored = [.. rows.OfType<ScoresRow>().SelectMany(row => row.Candidates)];
        CandidateRow[] predicted = [.. scored.Where(candidate => candidate.PredictedAccuracy is not null)];
        HashSet<int> taken = [.. scored.Select(candidate => candidate.Index)];
        Queue<int> untaken = new(Enumerable.Range(0, 15_625).Where(index => !taken.Contains(index)).Take(Candidates - taken.Count));
        ScoresRow[] each = [.. rows.OfType<ScoresRow>()];
        int more = (untaken.Count + each.Length - 1) / each.Length;
        Dictionary<(int, int), CandidateRow[]> added = each.ToDictionary(
            row => (row.Partition, row.Generation),
            row => Enumerable.Range(0, Math.Min(more, untaken.Count))
                .Select(n => predicted[(n * 7) % predicted.Length] with { Index = untaken.Dequeue() }).ToArray());
        return rows.Select(row => row switch
        {
            ScoresRow scores => scores with { Candidates = [.. scores.Candidates, .. added[(scores.Partition, scores.Generation)]] },
            ProposalsRow proposals => proposals with
            {
                Candidates =
                [
                    .. proposals.Candidates,
                    .. added[(proposals.Round.Partition, proposals.Round.Generation)].Select(candidate => new CandidateRow
                    {
                        Index = candidate.Index, Generation = proposals.Round.Generation, Origin = CandidateOrigin.Predictor,
                    }),
                ],
            },
            _ => row,
        });
    }

    private static async Task MeasureAsync(AppUnderLoad app, Chromium chromium, string name, string place, string what)
    {
        List<double> shown = [];
        List<double> idle = [];
        double bytes = 0;
        for (int load = 0; load < Loads; load++)
        {
            // A window of its own has nothing in its cache.
            IPage page = await chromium.OpenAsync(1280, offline: false);
            await page.AddInitScriptAsync(Watch.Replace("KEY", app.Key, StringComparison.Ordinal)
                .Replace("WHAT", what, StringComparison.Ordinal));
            await page.GotoAsync(new Uri(app.Client.BaseAddress!, $"page/index.html{place}").AbsoluteUri);
            double[] times = await page.EvaluateAsync<double[]>("window.times");
            shown.Add(times[0]);
            idle.Add(times[1]);
            bytes = await page.EvaluateAsync<double>("performance.getEntries().reduce((sum, entry) => sum + (entry.transferSize ?? 0), 0)");
            await page.Context.CloseAsync();
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {name} | {Median(shown):F0} | {Median(idle):F0} | {idle.Max():F0} | {bytes:F0} |"));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Loads / 2);
}
