using System.Diagnostics;
using System.Globalization;
using PelNas.Shared.Records;

namespace PelNas.Bench.Load;

/// <summary>A thousand small searches in one process, four at a time, and its memory after every hundred.</summary>
internal static class MemoryOverManySearches
{
    private const int Searches = 1_000;
    private const int Step = 100;
    private const int AtOnce = 4;

    public static async Task RunAsync()
    {
        await using AppUnderLoad app = await AppUnderLoad.StartAsync();
        Console.WriteLine("| searches | resident MB | live objects MB | data files MB | s since the last row |");
        Console.WriteLine("|---:|---:|---:|---:|---:|");
        Write(app, 0, TimeSpan.Zero);
        for (int done = 0; done < Searches; done += Step)
        {
            long began = Stopwatch.GetTimestamp();
            await Parallel.ForEachAsync(
                Enumerable.Range(done, Step), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (seed, _) =>
                {
                    SearchRequest request = new() { Dataset = "cifar10", Device = "fpga", Seed = seed, Generations = 2, MaxLabels = 24 };
                    await app.EndOfAsync(await app.StartSearchAsync(request));
                });
            Write(app, done + Step, Stopwatch.GetElapsedTime(began));
        }
    }

    private static void Write(AppUnderLoad app, int searches, TimeSpan elapsed)
    {
        // The resident size before the collection: what an operator sees.
        double resident = ProcessMemory.Resident();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {searches} | {resident:F0} | {ProcessMemory.Live():F1} | {app.DataMegabytes():F0} | {elapsed.TotalSeconds:F0} |"));
    }
}
