using Microsoft.Extensions.Time.Testing;
using PelNas.Shared.Storage;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Storage;

public sealed class RequestRepositoryTests : RepositoryTest
{
    private readonly FakeTimeProvider _time = new(Noon);
    private readonly RequestRepository _requests;

    public RequestRepositoryTests() => _requests = new RequestRepository(Rows, _time);

    [Fact]
    public async Task The_first_value_under_a_key_stays()
    {
        (await _requests.AddAsync("key", "first", Token)).ShouldBe("first");
        (await new RequestRepository(Rows, _time).AddAsync("key", "second", Token)).ShouldBe("first");
        (await _requests.AddAsync("other", "second", Token)).ShouldBe("second");
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public async Task Of_20_at_the_same_time_one_wins_and_all_learn_which(string adapter)
    {
        using TestRows rows = new(adapter);
        string[] inForce = new string[20];
        await Threads.AtOnceAsync(20, async number =>
        {
            RequestRepository requests = new(rows.Processes[number % 2], _time);
            inForce[number] = await requests.AddAsync("key", $"value {number}", Token);
        });
        string winner = inForce.Distinct().ShouldHaveSingleItem();
        winner.ShouldStartWith("value ");
        (await new RequestRepository(rows.Processes[0], _time).AddAsync("key", "late", Token)).ShouldBe(winner);
    }

    [Fact]
    public async Task They_are_deleted_by_age_and_only_so_many_at_once()
    {
        for (int i = 0; i < 5; i++)
        {
            await _requests.AddAsync($"key-{i}", "old", Token);
        }

        _time.Advance(TimeSpan.FromHours(1));
        (await _requests.AddAsync("key-0", "new", Token)).ShouldBe("old");
        (await _requests.DeleteBeforeAsync(Noon, 10, Token)).ShouldBe(0);
        (await _requests.DeleteBeforeAsync(Noon.AddTicks(1), 2, Token)).ShouldBe(2);
        (await _requests.DeleteBeforeAsync(Noon.AddTicks(1), 10, Token)).ShouldBe(3);
        (await _requests.AddAsync("key-0", "new", Token)).ShouldBe("new");
        (await _requests.DeleteBeforeAsync(Noon.AddTicks(1), 10, Token)).ShouldBe(0);
        await Should.ThrowAsync<ArgumentException>(() => _requests.DeleteBeforeAsync(Noon, -1, Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\nb")]
    public Task What_cannot_be_a_key_everywhere_is_refused(string key)
        => Should.ThrowAsync<ArgumentException>(() => _requests.AddAsync(key, "value", Token));

    [Fact]
    public async Task A_damaged_row_is_named()
    {
        await _requests.AddAsync("key", "value", Token);
        await ShouldNameTheDamagedRowAsync(
            "Requests", "requests", () => _requests.AddAsync("key", "value", Token), () => _requests.DeleteBeforeAsync(Noon, 1, Token));
    }
}
