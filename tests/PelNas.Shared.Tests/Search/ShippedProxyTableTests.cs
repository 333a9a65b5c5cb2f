namespace PelNas.Shared.Tests.Search;

/// <summary>
/// The table that searches read: against what others published of the same cells, and against what the proxies say today.
/// </summary>
public sealed class ShippedProxyTableTests
{
    private const string Shipped = "zerocost-proxies-cifar10.csv.gz";
    private const string Published = "zerocost-nasbench201.csv.gz";
    private static readonly NasBench201 Space = NasBench201.Instance;

    // index, params, flops, l2_norm, synflow, nwot
    private static readonly string[][] Rows = ShippedTable.Rows(Shipped);

    [Theory]
    [InlineData(5, 3, 0.9)] // nwot, naswot_cifar10
    [InlineData(4, 5, 0.95)] // synflow, logsynflow_cifar10
    public void Ranks_all_functions_as_the_published_scores_do(int ours, int theirs, double least)
    {
        Dictionary<string, string> published = ShippedTable.Rows(Published).ToDictionary(row => row[0], row => row[theirs]);
        (string Ours, string Theirs)[] pairs = [.. Rows.Select(row => (row[ours], published[row[0]]))
            .Where(pair => pair.Item1.Length > 0 && pair.Item2.Length > 0)];
        pairs.Length.ShouldBeGreaterThan(5_000);
        Correlation.Spearman(pairs.Select(pair => Parse(pair.Ours)), pairs.Select(pair => Parse(pair.Theirs)))
            .ShouldBeGreaterThanOrEqualTo(least);
    }

    [Fact]
    public void Has_a_row_for_the_representative_of_every_function()
        => Rows.Select(row => int.Parse(row[0], CultureInfo.InvariantCulture)).ShouldBe(ProxyTable.Representatives(Space).Order());

    /// <summary>
    /// A ReLU at zero can fall either way on another processor, so that nwot is let differ by more than its seven digits.
    /// </summary>
    [Fact]
    public void Is_what_the_proxies_compute()
    {
        using ProxyScorer scorer = new(ProxyTable.Shipped, ProxyTable.Proxies);
        foreach (string[] row in Rows.Where((_, i) => i % 200 == 7))
        {
            IReadOnlyList<ProxyScore> scores = scorer.Score(Space.Genotype(int.Parse(row[0], CultureInfo.InvariantCulture)));
            for (int p = 0; p < scores.Count; p++)
            {
                string what = $"{ProxyTable.Proxies[p]} of {row[0]}";
                scores[p].Value.HasValue.ShouldBe(row[p + 1].Length > 0, what);
                if (scores[p].Value is { } value)
                {
                    double expected = Parse(row[p + 1]);
                    value.ShouldBe(expected, Math.Abs(expected) * (ProxyTable.Proxies[p] == "nwot" ? 1e-3 : 1e-6), what);
                }
            }
        }
    }

    private static double Parse(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
