using PelNas.Shared.Storage;


namespace PelNas.Shared.Tests.Storage;

public abstract partial class RunStoreConformance
{
    [Fact]
    public async Task The_first_value_claimed_under_a_key_stays()
    {
        (await Store.ClaimAsync("key", "first", Token)).ShouldBe("first");
        (await Store.ClaimAsync("key", "second", Token)).ShouldBe("first");
        (await Open().ClaimAsync("key", "third", Token)).ShouldBe("first");
        (await Store.ClaimAsync("other", "second", Token)).ShouldBe("second");
    }

    [Fact]
    public async Task Of_20_claims_at_the_same_time_one_wins_and_all_learn_which()
    {
        IRunStore[] stores = [Store, Open()];
        string[] inForce = new string[20];
        await AtOnce(inForce.Length, async number => inForce[number] = await stores[number % 2].ClaimAsync("key", $"value {number}", Token));
        string winner = inForce.Distinct().ShouldHaveSingleItem();
        winner.ShouldStartWith("value ");
        (await Store.ClaimAsync("key", "late", Token)).ShouldBe(winner);
    }

    [Fact]
    public async Task A_claimed_value_is_replaced_only_by_who_knows_it()
    {
        await Store.ClaimAsync("key", "first", Token);
        (await Store.ReplaceClaimAsync("key", "other", "second", Token)).ShouldBe("first");
        (await Open().ReplaceClaimAsync("key", "first", "second", Token)).ShouldBe("second");
        (await Store.ReplaceClaimAsync("key", "first", "third", Token)).ShouldBe("second");
        (await Store.ClaimAsync("key", "fourth", Token)).ShouldBe("second");
    }

    [Fact]
    public async Task Of_20_replacements_at_the_same_time_one_wins_and_all_learn_which()
    {
        IRunStore[] stores = [Store, Open()];
        await Store.ClaimAsync("key", "first", Token);
        string[] inForce = new string[20];
        await AtOnce(inForce.Length, async number => inForce[number] = await stores[number % 2].ReplaceClaimAsync("key", "first", $"value {number}", Token));
        inForce.Distinct().ShouldHaveSingleItem().ShouldStartWith("value ");
    }

    [Fact]
    public async Task Claims_are_deleted_by_age_and_only_so_many_at_once()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        for (int i = 0; i < 5; i++)
        {
            await Store.ClaimAsync($"key-{i}", "old", Token);
        }

        (await Store.DeleteClaimsAsync(now.AddHours(-1), 10, Token)).ShouldBe(0);
        (await Store.ClaimAsync("key-0", "new", Token)).ShouldBe("old");
        (await Store.DeleteClaimsAsync(now.AddHours(1), 2, Token)).ShouldBe(2);
        (await Open().DeleteClaimsAsync(now.AddHours(1), 10, Token)).ShouldBe(3);
        for (int i = 0; i < 5; i++)
        {
            (await Store.ClaimAsync($"key-{i}", "new", Token)).ShouldBe("new");
        }

        await Should.ThrowAsync<ArgumentException>(() => Store.DeleteClaimsAsync(now, 0, Token));
    }

    [Fact]
    public async Task A_value_that_takes_the_place_of_a_deleted_claim_is_claimed_anew()
    {
        await Store.ClaimAsync("key", "first", Token);
        await Store.DeleteClaimsAsync(TimeProvider.System.GetUtcNow().AddHours(1), 10, Token);
        (await Store.ReplaceClaimAsync("key", "first", "second", Token)).ShouldBe("second");
        (await Open().ReplaceClaimAsync("key", "first", "third", Token)).ShouldBe("second");
    }

    [Theory]
    [InlineData("it's \"quoted\" & 100 % + <b>")]
    [InlineData("\u00E9 \u6F22\u5B57 \u2028 \U0001F9E0")]
    [InlineData("\u6F22", 512)]
    [InlineData("\U0001F9E0", 512)]
    public async Task A_claim_is_found_under_any_key_that_all_stores_take(string piece, int length = 0)
    {
        string key = length == 0 ? piece : string.Concat(Enumerable.Repeat(piece, length))[..length];
        (await Store.ClaimAsync(key, "first", Token)).ShouldBe("first");
        (await Open().ClaimAsync(key, "second", Token)).ShouldBe("first");
        (await Store.ReplaceClaimAsync(key, "first", "second", Token)).ShouldBe("second");
        (await Store.DeleteClaimsAsync(TimeProvider.System.GetUtcNow().AddHours(1), 10, Token)).ShouldBe(1);
        (await Store.ClaimAsync(key, "third", Token)).ShouldBe("third");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\nb")]
    public async Task A_claim_under_what_cannot_be_a_key_everywhere_is_refused(string key) =>
        (await Should.ThrowAsync<ArgumentException>(() => Store.ClaimAsync(key, "value", Token))).ParamName.ShouldBe("key");

    [Fact]
    public async Task A_claim_of_too_long_a_value_is_refused_and_takes_nothing()
    {
        await Should.ThrowAsync<ArgumentException>(() => Store.ClaimAsync("key", new string('x', StoreGuard.MaxTextLength + 1), Token));
        (await Store.ClaimAsync("key", "value", Token)).ShouldBe("value");
    }

    [Fact]
    public async Task A_claim_outlives_the_deletion_of_runs()
    {
        await Store.PutRunAsync(StoreSamples.Run(), Token);
        await Store.ClaimAsync("key", RunId, Token);
        await Store.DeleteRunAsync(RunId, Token);
        (await Store.ClaimAsync("key", "other", Token)).ShouldBe(RunId);
    }
}
