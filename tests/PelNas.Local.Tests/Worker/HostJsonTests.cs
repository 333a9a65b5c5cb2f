using PelNas.Local.Worker;

namespace PelNas.Local.Tests.Worker;

public sealed class HostJsonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Without_a_file_the_prefix_is_api() => HostJson.Read(_folder.File("host.json")).RoutePrefix.ShouldBe("api");

    [Theory]
    [InlineData("{}", "api")]
    [InlineData("""{ "extensions": { "durableTask": {} } }""", "api")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "/v1/" } } }""", "v1")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "" }, }, /* as the host reads it */ }""", "")]
    public void The_prefix_is_read_where_the_functions_host_has_it(string json, string expected) => Read(json).RoutePrefix.ShouldBe(expected);

    [Theory]
    [InlineData("nonsense", "is not valid JSON")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": 1 } } }""", "routePrefix must be a string")]
    public void A_file_that_cannot_be_read_is_refused_by_name(string json, string expected)
    {
        var message = Should.Throw<InvalidDataException>(() => Read(json)).Message;

        message.ShouldContain(expected);
        message.ShouldContain(_folder.File("host.json"));
    }

    public void Dispose() => _folder.Dispose();

    private HostJson Read(string json)
    {
        File.WriteAllText(_folder.File("host.json"), json);
        return HostJson.Read(_folder.File("host.json"));
    }
}
