using PelNas.Shared.Comparison.Strategies;

namespace PelNas.Cli.Benchmarking;

/// <summary>Reads the lists that say what a benchmark compares.</summary>
internal static class BenchmarkLists
{
    private const string All = "all";
    private const string Ablations = "ablations";
    private const string Systems = "systems";
    private const int FirstSeed = 101;
    private const int MostSeeds = 10_000;

    /// <summary>Contexts of another space: all, or some such as <c>imagenet:zcu102-latency</c>, each once.</summary>
    /// <exception cref="UsageException">A context is unknown or not one.</exception>
    public static IReadOnlyList<BenchmarkContext> Contexts(string list, ISpaceBenchmark space)
        => [.. Items("--contexts", list)
            .SelectMany(item => item == ContextGroups.All
                ? AllOf(space)
                : [Context(item, (dataset, device) => space.GetContext(dataset, device, seed: 0))]).Distinct()];

    private static IEnumerable<BenchmarkContext> AllOf(ISpaceBenchmark space)
        => space.Datasets.SelectMany(dataset => space.Devices.Select(device => space.GetContext(dataset, device, seed: 0)));

    /// <summary>Another space than NAS-Bench-201, or null for that.</summary>
    /// <exception cref="UsageException">There is no such space.</exception>
    public static ISpaceBenchmark? Space(string name, BenchmarkTables tables)
    {
        try
        {
            return name == tables.Space.Name ? null : tables.GetSpace(name);
        }
        catch (UnknownContextException exception)
        {
            throw new UsageException($"--space: {exception.Message}");
        }
    }

    /// <summary>Contexts such as <c>cifar10:fpga</c>, or groups of them (<see cref="ContextGroups"/>), each once.</summary>
    /// <exception cref="UsageException">A context is unknown or not one.</exception>
    public static IReadOnlyList<BenchmarkContext> Contexts(string list, BenchmarkTables tables)
        => [.. Items("--contexts", list)
            .SelectMany(item => ContextGroups.Find(item)?.Select(pair => tables.GetContext(pair.Dataset, pair.Device))
                ?? [Context(item, tables.GetContext)]).Distinct()];

    /// <summary>
    /// Strategies by name or by the groups <c>all</c>, <c>ablations</c> and <c>systems</c>, each once; those that cannot run here are left
    /// out and named on stderr.
    /// </summary>
    /// <exception cref="UsageException">A name is unknown, or none of them can run here.</exception>
    public static IReadOnlyList<ISearchStrategy> Strategies(string list, StrategyCatalog catalog)
    {
        List<ISearchStrategy> able = [];
        string? reason = null;
        foreach (ISearchStrategy strategy in Items("--strategies", list).SelectMany(Named).Distinct())
        {
            if (strategy.WhyNot() is { } why)
            {
                reason = why;
                Console.Error.WriteLine($"pelnas: {strategy.Name} is left out: {why}");
            }
            else
            {
                able.Add(strategy);
            }
        }

        return able.Count > 0 ? able : throw new UsageException($"--strategies: nothing of '{list}' can run here: {reason}");

        IReadOnlyList<ISearchStrategy> Named(string name) => name switch
        {
            All => catalog.Main,
            Ablations => catalog.Ablations,
            Systems => catalog.Systems,
            _ when catalog.Find(name) is { } strategy => [strategy],
            _ => throw new UsageException(
                $"--strategies: {NearMiss.Unknown(name, [All, Ablations, Systems, .. catalog.All.Select(strategy => strategy.Name)])}."),
        };
    }

    /// <summary>A number of seeds from 101 on, or a range <c>from-to</c>.</summary>
    /// <exception cref="UsageException">It is neither.</exception>
    public static IReadOnlyList<int> Seeds(string text)
    {
        string[] ends = text.Split('-');
        (int first, int last) = ends switch
        {
            [var count] when Whole(count) is { } number and >= 1 and <= MostSeeds => (FirstSeed, FirstSeed + number - 1),
            [var from, var to] when Whole(from) is { } low && Whole(to) is { } high && low <= high && high - low < MostSeeds => (low, high),
            _ => throw new UsageException(
                $"--seeds: '{text}' is not allowed; give a number from 1 to {MostSeeds}, which counts from seed {FirstSeed}, "
                    + "or a range such as 101-130."),
        };
        return [.. Enumerable.Range(first, last - first + 1)];
    }

    /// <summary>Label budgets, each once, ascending.</summary>
    /// <exception cref="UsageException">One is not allowed.</exception>
    public static IReadOnlyList<int> Budgets(string list, double spaceSize)
    {
        int most = (int)Math.Min(spaceSize, RequestLimits.MaxLabels);
        return
        [
            .. Items("--labels", list)
                .Select(item => Whole(item) is { } number && number >= 1 && number <= most
                    ? number
                    : throw new UsageException(
                        $"--labels: '{item}' is not allowed; give whole numbers from 1 to {most}, separated by commas."))
                .Distinct().Order(),
        ];
    }

    private static BenchmarkContext Context(string item, Func<string, string, BenchmarkContext> find)
    {
        string[] parts = item.Split(':');
        if (parts.Length != 2)
        {
            throw new UsageException(
                $"--contexts: '{item}' is not a context; write DATASET:DEVICE, for example cifar10:fpga, "
                    + $"or {string.Join(" or ", ContextGroups.Names)}.");
        }

        try
        {
            return find(parts[0], parts[1]);
        }
        catch (UnknownContextException exception)
        {
            throw new UsageException($"--contexts: '{item}': {exception.Message}");
        }
    }

    private static string[] Items(string option, string list)
    {
        string[] items = [.. list.Split(',', StringSplitOptions.TrimEntries).Distinct()];
        return Array.IndexOf(items, "") < 0
            ? items
            : throw new UsageException($"{option}: '{list}' has an empty item; separate items by single commas.");
    }

    private static int? Whole(string text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
