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
            new() { TableServiceUri = "https://tables.internal/" },
            new() { ConnectionString = "UseDevelopmentStorage=true" },
            new()
            {
                ConnectionString = "AccountName=devstoreaccount1;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:10002/devstoreaccount1;",
            },
        ];
        settings.ShouldAllBe(options => !options.Problems().Any());
    }

    [Theory]
    [InlineData("TableServiceUri", "mine")]
    [InlineData("TableServiceUri", "http://mine.table.core.windows.net")]
    [InlineData("TableServiceUri", "https://mine.table.core.windows.net/?sv=2024&sig=c2VjcmV0")]
    [InlineData("TableServiceUri", "https://user:secret@mine.table.core.windows.net")]
    [InlineData("ConnectionString", "AccountName=mine;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net")]
    [InlineData("ConnectionString", "nonsense secret")]
    [InlineData("TablePrefix", "1a")]
    [InlineData("TablePrefix", "a-b")]
    [InlineData("TablePrefix", "a23456789012345678901")]
    public void A_setting_that_is_wrong_is_named_and_no_secret_is_repeated(string setting, string value)
    {
        StorageOptions options = new();
        typeof(StorageOptions).GetProperty(setting)!.SetValue(options, value);
        string problem = options.Problems().ShouldHaveSingleItem();
        problem.ShouldContain($"PelNas__Storage__{setting}");
        problem.ShouldNotContain("c2VjcmV0");
        problem.ShouldNotContain("secret");
    }

    [Fact]
    public void Settings_that_contradict_each_other_are_named()
    {
        new StorageOptions { TableServiceUri = Account, ConnectionString = "UseDevelopmentStorage=true" }.Problems().ShouldHaveSingleItem()
            .ShouldContain("both set");
        new StorageOptions { ClientId = "a" }.Problems().ShouldHaveSingleItem().ShouldContain("PelNas__Storage__TableServiceUri");
    }
}
