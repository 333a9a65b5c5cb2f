namespace PelNas.Shared.Tests.Torch.Proxies;

/// <summary>
/// Rank correlation with scores that others have published. Theirs are of images and of C = 16, N = 5; ours are of noise and of smaller
/// networks, so that they take seconds (bench/README.md has the figures at full size).
/// </summary>
public sealed class PublishedScoresTests
{
    private const string Sample = "zerocost-naslib-sample725.csv.gz";
    private static readonly NasBench201 Space = NasBench201.Instance;
    private static readonly string[] SampleColumns =
        ["index", "dataset", "valid_acc", "epe_nas", "fisher", "flops", "grad_norm", "grasp", "jacov", "l2_norm", "nwot",
            "params", "plain", "snip", "synflow"];

    [Fact]
    public void Cheap_proxies_rank_the_sample_of_NASLib_as_theirs_do()
    {
        string[][] rows = [.. Rows().Where((_, i) => i % 2 == 0)];
        Dictionary<string, double> found = Correlate(
            rows, new ProxySettings { Shape = NetworkShape.Of("cifar10", 8, 1), BatchSize = 32 }, ZeroCostProxies.Cheap);
        rows.Length.ShouldBeGreaterThan(350);
        found.Values.ShouldAllBe(correlation => correlation >= 0.85, string.Join(", ", found));
    }

    /// <summary>Gradients need the depth: at N = 1 the same proxies agree with theirs by .7 only.</summary>
    [Fact]
    public void Proxies_on_gradients_rank_the_sample_of_NASLib_as_theirs_do()
    {
        string[][] rows = [.. Rows().Where((_, i) => i % 15 == 0)];
        Dictionary<string, double> found = Correlate(
            rows, new ProxySettings { Shape = NetworkShape.Of("cifar10", 8, 5), BatchSize = 16 }, ["grad_norm", "snip", "fisher", "jacov"]);
        found["grad_norm"].ShouldBeGreaterThanOrEqualTo(0.85);
        found["snip"].ShouldBeGreaterThanOrEqualTo(0.85);
        found["fisher"].ShouldBeGreaterThanOrEqualTo(0.8);
        found["jacov"].ShouldBeGreaterThanOrEqualTo(0.7);
    }

    private static string[][] Rows() => [.. ShippedTable.Rows(Sample).Where(row => row[1] == "cifar10")];

    private static Dictionary<string, double> Correlate(string[][] rows, ProxySettings settings, IReadOnlyList<string> proxies)
    {
        using ProxyScorer scorer = new(settings, proxies);
        (string[] Row, IReadOnlyList<ProxyScore> Scores)[] scored =
            [.. rows.Select(row => (row, scorer.Score(Space.Genotype(int.Parse(row[0], CultureInfo.InvariantCulture)))))];
        return proxies.Select((name, p) => (name, p)).ToDictionary(proxy => proxy.name, proxy =>
        {
            int column = Array.IndexOf(SampleColumns, proxy.name);
            var both = scored.Where(pair => pair.Scores[proxy.p].Value.HasValue && pair.Row[column].Length > 0).ToArray();
            both.Length.ShouldBeGreaterThan(rows.Length * 5 / 6, proxy.name);
            return Correlation.Spearman(
                both.Select(pair => pair.Scores[proxy.p].Value!.Value),
                both.Select(pair => double.Parse(pair.Row[column], CultureInfo.InvariantCulture)));
        });
    }
}
