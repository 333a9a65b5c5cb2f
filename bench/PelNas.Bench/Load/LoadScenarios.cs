namespace PelNas.Bench.Load;

/// <summary>Runs of the whole app under load, too long to repeat and so outside BenchmarkDotNet. Each prints a table in Markdown.</summary>
internal static class LoadScenarios
{
    private static readonly Dictionary<string, Func<Task>> Known = new()
    {
        ["searches-at-once"] = SearchesAtOnce.RunAsync,
        ["memory"] = MemoryOverManySearches.RunAsync,
        ["list-latency"] = ListLatency.RunAsync,
        ["page"] = PageLoad.RunAsync,
    };

    /// <summary>Runs a scenario.</summary>
    /// <returns>The exit code: 2 for a name that is not known.</returns>
    public static async Task<int> RunAsync(string name)
    {
        if (!Known.TryGetValue(name, out Func<Task>? run))
        {
            Console.Error.WriteLine($"'{name}' is no scenario; choose one of {string.Join(", ", Known.Keys)}.");
            return 2;
        }

        await run();
        return 0;
    }
}
