using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Proxies;

namespace PelNas.Bench.ZeroCost;

/// <summary>
/// <c>zero-cost-correlations</c>: how the proxies rank architectures of NASLib's sample against NASLib, against themselves with another
/// seed (other weights and other noise) and against accuracy. What a proxy of two seeds does not agree on cannot be agreed on with others.
/// </summary>
internal static class ZeroCostCorrelations
{
    private const string Dataset = "cifar10";
    private static readonly NasBench201 Space = NasBench201.Instance;

    private static readonly (string Name, int Channels, int Cells, int Batch)[] Networks =
    [
        ("C = 8, N = 1, batch 32", 8, 1, 32),
        ("C = 16, N = 1, batch 32", 16, 1, 32),
        ("C = 8, N = 1, batch 128", 8, 1, 128),
        ("C = 16, N = 5, batch 32", 16, 5, 32),
    ];

    private static readonly string[] Published = ["naswot", "synflow", "logsynflow"];

    /// <param name="output">Where the tables go.</param>
    /// <param name="count">About how many architectures of the sample's 725: every n-th.</param>
    public static void Run(TextWriter output, int count)
    {
        PublishedTable sample = PublishedTable.Read("zerocost-naslib-sample725.csv.gz");
        int[] indices = [.. sample.Column("index", row => row[1] == Dataset).Keys.Order()];
        int step = Math.Max(1, indices.Length / count);
        indices = [.. indices.Where((_, i) => i % step == 0)];
        WriteShipped(output, sample);
        foreach ((string name, int channels, int cells, int batch) in Networks)
        {
            ProxySettings settings = new() { Shape = NetworkShape.Of(Dataset, channels, cells), BatchSize = batch };
            // Side by side, a thread each.
            Task<Dictionary<string, Dictionary<int, double?>>> first = Task.Run(() => Score(settings, indices));
            Dictionary<string, Dictionary<int, double?>> second = Score(settings with { Seed = settings.Seed + 1 }, indices);
            Write(output, name, sample, first.GetAwaiter().GetResult(), second);
        }
    }

    private static void Write(
        TextWriter output, string network, PublishedTable sample, Dictionary<string, Dictionary<int, double?>> first,
        Dictionary<string, Dictionary<int, double?>> second)
    {
        HashSet<int> indices = [.. first["params"].Keys];
        output.WriteLine($"\n{network}, {indices.Count} architectures:\n");
        output.WriteLine(
            "| proxy | seed 1 and NASLib | seed 2 and NASLib | seeds 1 and 2 | seed 1 and accuracy | NASLib and accuracy | NASLib, "
                + "CIFAR-10 and CIFAR-100 |\n|---|---|---|---|---|---|---|");
        Dictionary<int, double?> accuracy = Theirs("valid_acc", Dataset);
        foreach (string proxy in ZeroCostProxies.Names)
        {
            Dictionary<int, double?> theirs = Theirs(proxy, Dataset);
            string[] figures =
            [
                Agreement.Of(first[proxy], theirs), Agreement.Of(second[proxy], theirs), Agreement.Of(first[proxy], second[proxy]),
                Agreement.Of(first[proxy], accuracy), Agreement.Of(theirs, accuracy), Agreement.Of(theirs, Theirs(proxy, "cifar100")),
            ];
            output.WriteLine($"| {proxy} | {string.Join(" | ", figures)} |");
        }

        output.Flush();

        Dictionary<int, double?> Theirs(string column, string dataset)
            => sample.Column(column, row => row[1] == dataset).Where(pair => indices.Contains(pair.Key)).ToDictionary();
    }

    /// <summary>The table that searches read, with every architecture that others have scored and that stands for its function.</summary>
    private static void WriteShipped(TextWriter output, PublishedTable sample)
    {
        PublishedTable shipped = PublishedTable.Read("zerocost-proxies-cifar10.csv.gz");
        PublishedTable published = PublishedTable.Read("zerocost-nasbench201.csv.gz");
        Dictionary<int, double?> accuracy = sample.Column("valid_acc", row => row[1] == Dataset);
        output.WriteLine(
            "| proxy | NASLib | accuracy | naswot_cifar10 | synflow_cifar10 | logsynflow_cifar10 |\n|---|---|---|---|---|---|");
        foreach (string proxy in ZeroCostProxies.Cheap)
        {
            Dictionary<int, double?> ours = shipped.Column(proxy, _ => true);
            string[] others = [.. Published.Select(
                name => name.EndsWith(proxy == "nwot" ? "naswot" : proxy, StringComparison.Ordinal)
                    ? Agreement.Of(ours, published.Column($"{name}_cifar10", _ => true))
                    : "")];
            output.WriteLine(
                $"| {proxy} | {Agreement.Of(ours, sample.Column(proxy, row => row[1] == Dataset))} | {Agreement.Of(ours, accuracy)} | "
                    + $"{string.Join(" | ", others)} |");
        }
    }

    /// <summary>By proxy, by architecture.</summary>
    private static Dictionary<string, Dictionary<int, double?>> Score(ProxySettings settings, int[] indices)
    {
        using ProxyScorer scorer = new(settings, ZeroCostProxies.Names);
        Dictionary<int, IReadOnlyList<ProxyScore>> scores = indices.ToDictionary(
            index => index, index => scorer.Score(Space.Genotype(index)));
        return ZeroCostProxies.Names.Index().ToDictionary(
            proxy => proxy.Item, proxy => scores.ToDictionary(pair => pair.Key, pair => pair.Value[proxy.Index].Value));
    }
}
