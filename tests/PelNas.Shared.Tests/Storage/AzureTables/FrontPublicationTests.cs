using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Tests.Azurite;

namespace PelNas.Shared.Tests.Storage.AzureTables;

/// <summary>Publishing a front takes several requests. Whatever comes between two of them, a reader sees a whole front and never an older one.</summary>
public sealed class FrontPublicationTests(AzuriteFixture azurite) : AzuriteTest(azurite)
{
    // More points than a batch takes, so that the points alone need three requests.
    private static readonly Front Old = StoreSamples.Front(1, 205);
    private static readonly Front New = StoreSamples.Front(2, 230);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_publisher_that_stops_before_its_last_write_leaves_the_old_front_whole_and_the_next_one_succeeds(int writes)
    {
        await Store.PublishFrontAsync(RunId, Old, Token);
        await StopAsync(writes, store => store.PublishFrontAsync(RunId, New, Token));
        ShouldBeSame(await Store.GetFrontAsync(RunId, null, Token), Old);
        (await Store.GetFrontAsync(RunId, 2, Token)).ShouldBeNull();

        await Store.PublishFrontAsync(RunId, New, Token);
        ShouldBeSame(await Store.GetFrontAsync(RunId, null, Token), New);
        ShouldBeSame(await Store.GetFrontAsync(RunId, 1, Token), Old);
    }

    [Fact]
    public async Task A_publisher_that_stops_after_its_fourth_and_last_write_has_published()
    {
        await Store.PublishFrontAsync(RunId, Old, Token);
        await StopAsync(4, store => store.PublishFrontAsync(RunId, New, Token), loseAnswer: true);
        ShouldBeSame(await Store.GetFrontAsync(RunId, null, Token), New);
        await Store.PublishFrontAsync(RunId, New, Token);
        ShouldBeSame(await Store.GetFrontAsync(RunId, null, Token), New);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_first_front_of_a_run_is_there_whole_or_not_at_all(int writes)
    {
        await StopAsync(writes, store => store.PublishFrontAsync(RunId, New, Token));
        (await Store.GetFrontAsync(RunId, null, Token)).ShouldBeNull();
        await Store.PublishFrontAsync(RunId, New, Token);
        ShouldBeSame(await Store.GetFrontAsync(RunId, null, Token), New);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_version_that_is_written_anew_with_other_points_stays_as_it_was_until_the_last_write(int writes)
    {
        Front again = StoreSamples.Front(1, 230);
        await Store.PublishFrontAsync(RunId, Old, Token);
        await StopAsync(writes, store => store.PublishFrontAsync(RunId, again, Token));
        ShouldBeSame(await Store.GetFrontAsync(RunId, null, Token), Old);
        ShouldBeSame(await Store.GetFrontAsync(RunId, 1, Token), Old);

        await Store.PublishFrontAsync(RunId, again, Token);
        ShouldBeSame(await Store.GetFrontAsync(RunId, null, Token), again);
        ShouldBeSame(await Store.GetFrontAsync(RunId, 1, Token), again);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_publisher_that_another_one_overtakes_does_not_take_the_newer_front_back(bool first)
    {
        if (!first)
        {
            await Store.PublishFrontAsync(RunId, StoreSamples.Front(0, 4), Token);
        }

        // Between the reading of the pointer and the transaction that moves it.
        int overtaken = 0;
        AzureTablesRunStore slow = await HookedAsync(hooks => hooks.Before = async request =>
        {
            if (request.IsWrite && overtaken++ == 1)
            {
                await Store.PublishFrontAsync(RunId, StoreSamples.Front(3, 9), Token);
            }
        });
        await slow.PublishFrontAsync(RunId, StoreSamples.Front(2, 7), Token);
        overtaken.ShouldBe(3, "points, a flip in vain, a flip");
        ShouldBeSame(await Store.GetFrontAsync(RunId, null, Token), StoreSamples.Front(3, 9));
        ShouldBeSame(await Store.GetFrontAsync(RunId, 2, Token), StoreSamples.Front(2, 7));
    }

    [Fact]
    public async Task A_publisher_whose_pointer_is_deleted_before_it_is_moved_makes_a_new_one()
    {
        await Store.PublishFrontAsync(RunId, StoreSamples.Front(1, 4), Token);
        int writes = 0;
        AzureTablesRunStore slow = await HookedAsync(hooks => hooks.Before = async request =>
        {
            if (request.IsWrite && writes++ == 1)
            {
                await Stores.Table("Fronts").DeleteEntityAsync(RunId, "-current", cancellationToken: Token);
            }
        });
        await slow.PublishFrontAsync(RunId, StoreSamples.Front(2, 7), Token);
        ShouldBeSame(await Store.GetFrontAsync(RunId, null, Token), StoreSamples.Front(2, 7));
    }

    [Fact]
    public async Task A_publisher_that_is_overtaken_every_time_gives_up_with_an_error()
    {
        int version = 100;
        AzureTablesRunStore slow = await HookedAsync(hooks => hooks.Before = async request =>
        {
            if (request.IsWrite)
            {
                version++;
                await Store.PublishFrontAsync(RunId, StoreSamples.Front(version, 1), Token);
            }
        });
        StoreException fault = await Should.ThrowAsync<StoreException>(() => slow.PublishFrontAsync(RunId, StoreSamples.Front(5_000, 3), Token));
        fault.Message.ShouldContain("too many at once");
        ShouldBeSame(await Store.GetFrontAsync(RunId, null, Token), StoreSamples.Front(version, 1));
    }

    [Fact]
    public async Task A_reader_that_is_overtaken_by_a_flip_reads_the_old_front_whole()
    {
        await Store.PublishFrontAsync(RunId, Old, Token);
        AzureTablesRunStore reader = await HookedAsync(hooks => hooks.Before = request =>
            request.Filter is not null ? Store.PublishFrontAsync(RunId, New, Token) : Task.CompletedTask);
        ShouldBeSame(await reader.GetFrontAsync(RunId, null, Token), Old);
        ShouldBeSame(await reader.GetFrontAsync(RunId, null, Token), New);
    }

    [Fact]
    public async Task A_reader_that_is_overtaken_by_the_runs_deletion_finds_no_front()
    {
        await Store.PublishFrontAsync(RunId, Old, Token);
        AzureTablesRunStore reader = await HookedAsync(hooks => hooks.Before = request =>
            request.Filter is not null ? Store.DeleteRunAsync(RunId, Token) : Task.CompletedTask);
        (await reader.GetFrontAsync(RunId, null, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_front_whose_points_were_taken_away_is_reported_and_not_shown_in_part()
    {
        await Store.PublishFrontAsync(RunId, Old, Token);
        await foreach (var point in Stores.Table("Fronts").QueryAsync<Azure.Data.Tables.TableEntity>("RowKey ge '0'", cancellationToken: Token).Take(1))
        {
            await Stores.Table("Fronts").DeleteEntityAsync(point.PartitionKey, point.RowKey, cancellationToken: Token);
        }

        (await Should.ThrowAsync<StoreException>(() => Store.GetFrontAsync(RunId, null, Token))).Message.ShouldContain("without all of its points");
    }
}
