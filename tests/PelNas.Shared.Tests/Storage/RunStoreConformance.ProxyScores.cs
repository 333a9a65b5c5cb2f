using PelNas.Shared.Records;


namespace PelNas.Shared.Tests.Storage;

public abstract partial class RunStoreConformance
{
    private const string Version = "r2-c8-n1-32px-10-b32-s1-noise";

    [Fact]
    public async Task Proxy_scores_are_found_by_version_and_function_and_those_not_written_are_left_out()
    {
        ProxyScoreRow[] scores = [new(7, 301.25, 19.5), new(3, 1e-300, null), new(6465, null, -4.75)];
        await Store.PutProxyScoresAsync(Version, scores, Token);
        await Store.PutProxyScoresAsync("r1-other", [new(3, 1, 2)], Token);

        (await Open().GetProxyScoresAsync(Version, [6465, 4, 3], Token)).ShouldBe([scores[1], scores[2]]);
        (await Store.GetProxyScoresAsync(Version, [0, 8], Token)).ShouldBeEmpty();
        (await Store.GetProxyScoresAsync("r1-third", [3], Token)).ShouldBeEmpty();
        (await Store.GetProxyScoresAsync(Version, [], Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Proxy_scores_written_again_replace_the_old_ones_and_outlive_the_deletion_of_runs()
    {
        await Store.PutRunAsync(StoreSamples.Run(), Token);
        await Store.PutProxyScoresAsync(Version, [new(3, 1, 2)], Token);
        await Store.PutProxyScoresAsync(Version, [new(3, 5, null)], Token);
        await Store.DeleteRunAsync(RunId, Token);

        (await Store.GetProxyScoresAsync(Version, [3], Token)).ShouldBe([new(3, 5, null)]);
    }

    [Fact]
    public async Task The_scores_of_every_function_are_written_and_read_in_one_call()
    {
        ProxyScoreRow[] scores = [.. Enumerable.Range(0, 1200).Select(function => new ProxyScoreRow(function, function / 3.0, -function))];
        await Store.PutProxyScoresAsync(Version, scores, Token);

        (await Store.GetProxyScoresAsync(Version, [.. scores.Select(score => score.FunctionId)], Token)).ShouldBe(scores);
    }

    [Fact]
    public async Task Proxy_scores_that_cannot_be_stored_everywhere_are_refused_and_nothing_of_them_is_written()
    {
        await Should.ThrowAsync<ArgumentException>(() => Store.PutProxyScoresAsync(Version, [new(1, 1, 1), new(2, double.NaN, 1)], Token));
        await Should.ThrowAsync<ArgumentException>(() => Store.PutProxyScoresAsync(Version, [new(1, 1, 1), new(1, 2, 2)], Token));
        await Should.ThrowAsync<ArgumentException>(() => Store.PutProxyScoresAsync("a/b", [new(1, 1, 1)], Token));
        await Should.ThrowAsync<ArgumentException>(() => Store.GetProxyScoresAsync(Version, [-1], Token));
        (await Store.GetProxyScoresAsync(Version, [1, 2], Token)).ShouldBeEmpty();
    }
}
