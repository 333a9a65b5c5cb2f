using PelNas.Shared.Storage;
using PelNas.Shared.Tests.Support;


namespace PelNas.Shared.Tests.Storage;

public sealed class StorageOptionsTests
{
    private const string Account = "https://mine.table.core.windows.net";

    [Fact]
    public void Settings_that_make_sense_have_no_problem()
    {
        StorageOptions[] settings =
        [
            new(),
            new() { TablePrefix = "Test1" },
            new() { TableServiceUri = Account },
            new() { TableServiceUri = Account, ClientId = "00000000-0000-0000-0000-000000000001", TablePrefix = "Test1" },
            new() { TableServiceUri = "https://tables.internal/", BlobServiceUri = "https://blobs.internal/" },
            new() { ConnectionString = "UseDevelopmentStorage=true" },
            new() { ConnectionString = "AccountName=devstoreaccount1;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:10002/devstoreaccount1;" },
        ];
        settings.ShouldAllBe(options => !options.Problems().Any());
    }

    [Theory]
    [InlineData("TableServiceUri", "mine")]
    [InlineData("TableServiceUri", "http://mine.table.core.windows.net")]
    [InlineData("TableServiceUri", "https://mine.table.core.windows.net/?sv=2024&sig=c2VjcmV0")]
    [InlineData("TableServiceUri", "https://user:secret@mine.table.core.windows.net")]
    [InlineData("BlobServiceUri", "https://tables.internal")]
    [InlineData("ConnectionString", "AccountName=mine;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net")]
    [InlineData("ConnectionString", "nonsense secret")]
    [InlineData("TablePrefix", "1a")]
    [InlineData("TablePrefix", "a-b")]
    [InlineData("TablePrefix", "a23456789012345678901")]
    public void A_setting_that_is_wrong_is_named_and_no_secret_is_repeated(string setting, string value)
    {
        StorageOptions options = new();
        // An address of tables from which that of blobs does not follow makes the latter missing.
        string set = setting == "BlobServiceUri" ? "TableServiceUri" : setting;
        typeof(StorageOptions).GetProperty(set)!.SetValue(options, value);
        string problem = options.Problems().ShouldHaveSingleItem();
        problem.ShouldContain($"PelNas__Storage__{setting}");
        problem.ShouldNotContain("c2VjcmV0");
        problem.ShouldNotContain("secret");
    }

    [Fact]
    public void Settings_that_contradict_each_other_are_named()
    {
        new StorageOptions { TableServiceUri = Account, ConnectionString = "UseDevelopmentStorage=true" }.Problems().ShouldHaveSingleItem().ShouldContain("both set");
        new StorageOptions { ClientId = "a" }.Problems().ShouldHaveSingleItem().ShouldContain("PelNas__Storage__TableServiceUri");
    }

    [Fact]
    public void The_blob_service_follows_from_the_table_service()
    {
        new StorageOptions { TableServiceUri = Account }.Blobs.ShouldBe(new Uri("https://mine.blob.core.windows.net"));
        new StorageOptions { TableServiceUri = Account, BlobServiceUri = "https://other.blob.core.windows.net" }.Blobs.ShouldBe(new Uri("https://other.blob.core.windows.net"));
    }

    [Fact]
    public void The_settings_choose_the_store()
    {
        using TemporaryDirectory folder = new();
        RunStores.Open(new StorageOptions(), folder.File("store.db")).ShouldBeOfType<SqliteRunStore>();
        RunStores.Open(new StorageOptions { ConnectionString = "UseDevelopmentStorage=true" }, folder.File("store.db"))
            .ShouldBeOfType<AzureTablesRunStore>().Location.ShouldBe("http://127.0.0.1:10002/devstoreaccount1");
        RunStores.Open(new StorageOptions { TableServiceUri = Account, ClientId = "00000000-0000-0000-0000-000000000001" }, folder.File("store.db"))
            .ShouldBeOfType<AzureTablesRunStore>().Location.ShouldBe($"{Account}/");
        RunStores.Open(new StorageOptions { TableServiceUri = Account }, folder.File("store.db")).ShouldBeOfType<AzureTablesRunStore>();
    }
}
