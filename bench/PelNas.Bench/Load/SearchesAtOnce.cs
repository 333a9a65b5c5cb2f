using System.Diagnostics;
using System.Globalization;
using PelNas.Shared.Records;

namespace PelNas.Bench.Load;

/// <summary>Fifty searches of the default size started at once over HTTP.</summary>
internal static class SearchesAtOnce
{
    private const int Searches = 50;

    private static readonly string[] Devices = ["fpga", "eyeriss", "raspi4", "pixel3"];

    public static async Task RunAsync()
    {
        await using AppUnderLoad app = await AppUnderLoad.StartAsync();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        string[] ids = await Task.WhenAll(Enumerable.Range(0, Searches).Select(
            n => app.StartSearchAsync(new SearchRequest { Dataset = "cifar10", Device = Devices[n % Devices.Length], Seed = n })));
        TimeSpan accepted = Stopwatch.GetElapsedTime(began);
        await Task.WhenAll(ids.Select(app.EndOfAsync));
        TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
        cpu = Environment.CpuUsage.TotalTime - cpu;

        Console.WriteLine(
            "| searches at once | cores | heap limit MB | accepted after s | all done after s | CPU s | searches a minute | peak "
                + "resident MB |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {Searches} | {Environment.ProcessorCount} | {ProcessMemory.Limit():F0} | {accepted.TotalSeconds:F1} | "
                + $"{elapsed.TotalSeconds:F1} | {cpu.TotalSeconds:F1} | {Searches / elapsed.TotalMinutes:F0} | "
                + $"{ProcessMemory.PeakResident():F0} |"));
    }
}
