using PelNas.Shared.Storage;


namespace PelNas.Shared.Tests.Storage;

public abstract partial class RunStoreConformance
{
    [Fact]
    public async Task Answers_are_deleted_by_age_and_only_so_many_at_once()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        for (int i = 0; i < 5; i++)
        {
            // One that is in a blob of the storage account.
            await Store.PutChatAnswerAsync(StoreSamples.Hash(i), new string('a', i == 0 ? StoreGuard.MaxTextLength + 1 : 1), Token);
        }

        (await Store.DeleteChatAnswersAsync(now.AddHours(-1), 10, Token)).ShouldBe(0);
        (await Store.DeleteChatAnswersAsync(now.AddHours(1), 2, Token)).ShouldBe(2);
        (await Open().DeleteChatAnswersAsync(now.AddHours(1), 10, Token)).ShouldBe(3);
        for (int i = 0; i < 5; i++)
        {
            (await Store.GetChatAnswerAsync(StoreSamples.Hash(i), Token)).ShouldBeNull();
        }

        await Store.PutChatAnswerAsync(StoreSamples.Hash(0), "again", Token);
        (await Store.GetChatAnswerAsync(StoreSamples.Hash(0), Token)).ShouldBe("again");
        await Should.ThrowAsync<ArgumentException>(() => Store.DeleteChatAnswersAsync(now, 0, Token));
    }
}
