using Microsoft.Extensions.Options;
using PelNas.Local.Host;

namespace PelNas.Local.Tests.Host;

public sealed class HostJsonTests : FolderTest
{
    [Fact]
    public void Without_a_file_the_prefix_is_api() => new HostJson(Folder.File("none.json")).RoutePrefix.ShouldBe("api");

    [Theory]
    [InlineData("{}", "api")]
    [InlineData("""{ "extensions": { "durableTask": {} } }""", "api")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "/v1/" } } }""", "v1")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "" }, }, /* as the host reads it */ }""", "")]
    public void The_prefix_is_read_where_the_functions_host_has_it(string json, string expected)
        => Read(json).RoutePrefix.ShouldBe(expected);

    [Fact]
    public void The_bounds_of_the_durable_engine_are_read_and_where_there_are_none_the_defaults_stay()
    {
        var options = new EngineOptions { MaxConcurrentOrchestrators = 3 };

        Read("""{ "extensions": { "durableTask": { "maxConcurrentActivityFunctions": 8 } } }""").Apply(options);
        (options.MaxConcurrentActivities, options.MaxConcurrentOrchestrators).ShouldBe((8, 3));

        Read("""{ "extensions": { "durableTask": { "maxConcurrentOrchestratorFunctions": 16 } } }""").Apply(options);
        (options.MaxConcurrentActivities, options.MaxConcurrentOrchestrators).ShouldBe((8, 16));
    }

    [Fact]
    public async Task The_host_keeps_to_the_bounds_of_the_file()
    {
        await using var host = await TestHost.StartAsync(
            [],
            hostJson: """{ "extensions": { "durableTask": { "maxConcurrentActivityFunctions": 5, "maxConcurrentOrchestratorFunctions": 6 } } }""");

        var options = host.Services.GetRequiredService<IOptions<EngineOptions>>().Value;

        (options.MaxConcurrentActivities, options.MaxConcurrentOrchestrators).ShouldBe((5, 6));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("""{ "extensions": { "durableTask": { "maxConcurrentOrchestratorFunctions": "many" } } }""")]
    public void A_file_that_cannot_be_read_is_refused(string json) => Should.Throw<Exception>(() => Read(json).Apply(new EngineOptions()));

    private HostJson Read(string json)
    {
        File.WriteAllText(Folder.File("host.json"), json);
        return new HostJson(Folder.File("host.json"));
    }
}
