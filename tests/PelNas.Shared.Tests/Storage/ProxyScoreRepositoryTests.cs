namespace PelNas.Shared.Tests.Storage;

public sealed class ProxyScoreRepositoryTests : RepositoryTest
{
    private const string Version = "r1-c8-n1-32px-10-b32-s1-noise";

    private readonly ProxyScoreRepository _scores;

    public ProxyScoreRepositoryTests() => _scores = new ProxyScoreRepository(Rows);

    [Fact]
    public async Task Scores_are_found_by_version_and_function_and_those_not_written_are_left_out()
    {
        ProxyScoreRow[] scores = [new(7, 301.25, 19.5), new(3, 1e-300, null), new(6465, null, -4.75)];
        await _scores.PutAsync(Version, scores, Cancellation);
        await _scores.PutAsync("r1-other", [new(3, 1, 2)], Cancellation);

        (await _scores.GetAsync(Version, [6465, 4, 3], Cancellation)).ShouldBe([scores[1], scores[2]]);
        (await _scores.GetAsync(Version, [0, 8], Cancellation)).ShouldBeEmpty();
        (await _scores.GetAsync("r1-third", [3], Cancellation)).ShouldBeEmpty();
        (await _scores.GetAsync(Version, [], Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Scores_written_again_replace_the_old_ones()
    {
        await _scores.PutAsync(Version, [new(3, 1, 2)], Cancellation);
        await _scores.PutAsync(Version, [new(3, 5, null)], Cancellation);
        (await _scores.GetAsync(Version, [3], Cancellation)).ShouldBe([new(3, 5, null)]);
    }

    [Fact]
    public async Task The_scores_of_every_function_are_written_and_read_in_one_call()
    {
        ProxyScoreRow[] scores = [.. Enumerable.Range(0, 1200).Select(function => new ProxyScoreRow(function, function / 3.0, -function))];
        await _scores.PutAsync(Version, scores, Cancellation);
        (await _scores.GetAsync(Version, [.. scores.Select(score => score.FunctionId)], Cancellation)).ShouldBe(scores);
    }

    [Fact]
    public async Task Scores_that_cannot_be_stored_everywhere_are_refused_and_nothing_of_them_is_written()
    {
        await Should.ThrowAsync<ArgumentException>(() => _scores.PutAsync(Version, [new(1, 1, 1), new(2, double.NaN, 1)], Cancellation));
        await Should.ThrowAsync<ArgumentException>(() => _scores.PutAsync(Version, [new(1, 1, 1), new(1, 2, 2)], Cancellation));
        await Should.ThrowAsync<ArgumentException>(() => _scores.PutAsync("a/b", [new(1, 1, 1)], Cancellation));
        (await _scores.GetAsync(Version, [1, 2], Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_damaged_row_is_named()
    {
        await _scores.PutAsync(Version, [new(3, 1, 2)], Cancellation);
        await ShouldNameTheDamagedRowAsync("ProxyScores", Version, () => _scores.GetAsync(Version, [3], Cancellation));
    }
}
