namespace PelNas.Shared.Tests.Storage;

public sealed class RequestRepositoryTests : RepositoryTest
{
    private readonly FakeTimeProvider _time = new(Noon);
    private readonly RequestRepository _requests;

    public RequestRepositoryTests() => _requests = new RequestRepository(Rows, _time);

    [Fact]
    public async Task The_first_value_under_a_key_stays()
    {
        (await _requests.AddAsync("key", "first", Cancellation)).ShouldBe("first");
        (await new RequestRepository(Rows, _time).AddAsync("key", "second", Cancellation)).ShouldBe("first");
        (await _requests.AddAsync("other", "second", Cancellation)).ShouldBe("second");
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
            inForce[number] = await requests.AddAsync("key", $"value {number}", Cancellation);
        });
        string winner = inForce.Distinct().ShouldHaveSingleItem();
        winner.ShouldStartWith("value ");
        (await new RequestRepository(rows.Processes[0], _time).AddAsync("key", "late", Cancellation)).ShouldBe(winner);
    }

    [Fact]
    public async Task They_are_deleted_by_age_and_only_so_many_at_once()
    {
        for (int i = 0; i < 5; i++)
        {
            await _requests.AddAsync($"key-{i}", "old", Cancellation);
        }

        _time.Advance(TimeSpan.FromHours(1));
        (await _requests.AddAsync("key-0", "new", Cancellation)).ShouldBe("old");
        (await _requests.DeleteBeforeAsync(Noon, 10, Cancellation)).ShouldBe(0);
        (await _requests.DeleteBeforeAsync(Noon.AddTicks(1), 2, Cancellation)).ShouldBe(2);
        (await _requests.DeleteBeforeAsync(Noon.AddTicks(1), 10, Cancellation)).ShouldBe(3);
        (await _requests.AddAsync("key-0", "new", Cancellation)).ShouldBe("new");
        (await _requests.DeleteBeforeAsync(Noon.AddTicks(1), 10, Cancellation)).ShouldBe(0);
        await Should.ThrowAsync<ArgumentException>(() => _requests.DeleteBeforeAsync(Noon, -1, Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\nb")]
    public Task What_cannot_be_a_key_everywhere_is_refused(string key)
        => Should.ThrowAsync<ArgumentException>(() => _requests.AddAsync(key, "value", Cancellation));

    [Fact]
    public async Task A_damaged_row_is_named()
    {
        await _requests.AddAsync("key", "value", Cancellation);
        await ShouldNameTheDamagedRowAsync(
            "Requests", "requests", () => _requests.AddAsync("key", "value", Cancellation),
            () => _requests.DeleteBeforeAsync(Noon, 1, Cancellation));
    }
}
