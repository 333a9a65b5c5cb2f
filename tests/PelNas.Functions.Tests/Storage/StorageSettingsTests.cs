using Microsoft.Extensions.Options;
using PelNas.Shared.Storage.Rows.AzureTables;
using PelNas.Shared.Storage.Rows.Sqlite;
using PelNas.Tests.Azurite;

namespace PelNas.Functions.Tests.Storage;

public sealed class StorageSettingsTests(AzuriteFixture azurite) : FolderTest
{
    [Fact]
    public async Task Without_settings_results_are_in_a_file_of_the_data_folder()
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path));
        app.Rows.ShouldBeOfType<SqliteRowStore>().Location.ShouldBe(Path.Combine(Folder.Path, "store.db"));
    }

    [Fact]
    public async Task A_key_of_an_account_stops_the_start_and_is_not_repeated()
    {
        OptionsValidationException refused = await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(
            "ConnectionString", "DefaultEndpointsProtocol=https;AccountName=mine;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net"));
        refused.Message.ShouldContain("PelNas__Storage__ConnectionString");
        refused.Message.ShouldNotContain("c2VjcmV0");
    }

    [Fact]
    public async Task An_account_that_cannot_be_reached_stops_the_start_with_its_address()
    {
        AzuriteStores stores = new(await azurite.Server);
        // A reserved port, on which nothing listens.
        AzureTablesRowStore store = stores.OpenRows(new Uri("http://127.0.0.1:1/"), options => options.Retry.MaxRetries = 0);
        StoreException fault = await Should.ThrowAsync<StoreException>(
            async () => await SearchApp.StartAsync(services => services.AddSingleton<IRowStore>(store)));
        fault.Message.ShouldContain("http://127.0.0.1:1/devstoreaccount1");
        fault.Message.ShouldContain("cannot be reached");
    }

    private async Task StartAsync(string setting, string value)
    {
        await using SearchApp app = await SearchApp.StartAsync(new SearchAppSettings(Folder.Path).With($"PelNas:Storage:{setting}", value));
    }
}
