using Azure.Core;
using PelNas.Shared.Storage.Rows.AzureTables;

namespace PelNas.Shared.Tests.Storage.Rows;

public sealed class RowStoresTests
{
    [Fact]
    public void The_client_of_tables_tries_again_for_half_a_minute_and_no_longer()
    {
        RetryOptions retry = RowStores.Configured().Retry;
        retry.Mode.ShouldBe(RetryMode.Exponential);
        retry.MaxRetries.ShouldBe(5);
        retry.Delay.ShouldBe(TimeSpan.FromSeconds(0.8));
        retry.MaxDelay.ShouldBe(TimeSpan.FromSeconds(10));
        retry.NetworkTimeout.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Without_settings_rows_are_in_the_file()
    {
        using SqliteRowStore store = RowStores.Open(new StorageOptions(), "rows.db").ShouldBeOfType<SqliteRowStore>();
        store.Location.ShouldBe(Path.GetFullPath("rows.db"));
    }

    [Theory]
    [InlineData("https://myaccount.table.core.windows.net", "", "", "https://myaccount.table.core.windows.net/")]
    [InlineData("https://myaccount.table.core.windows.net", "client", "", "https://myaccount.table.core.windows.net/")]
    [InlineData("", "", "UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1")]
    public void With_an_account_they_are_in_its_tables(string address, string clientId, string connectionString, string location)
    {
        StorageOptions options = new() { TableServiceUri = address, ClientId = clientId, ConnectionString = connectionString };
        RowStores.Open(options, "rows.db").ShouldBeOfType<AzureTablesRowStore>().Location.ShouldBe(location);
    }
}
