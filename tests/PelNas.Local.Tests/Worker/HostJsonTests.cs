using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PelNas.Local.Durable;
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

    [Fact]
    public void The_bounds_of_the_durable_engine_are_read_and_where_there_are_none_the_defaults_stay()
    {
        var options = new LocalDurableOptions { MaxConcurrentOrchestrators = 3 };

        Read("""{ "extensions": { "durableTask": { "maxConcurrentActivityFunctions": 8 } } }""").Apply(options);
        (options.MaxConcurrentActivities, options.MaxConcurrentOrchestrators).ShouldBe((8, 3));

        Read("""{ "extensions": { "durableTask": { "maxConcurrentOrchestratorFunctions": 16 } } }""").Apply(options);
        (options.MaxConcurrentActivities, options.MaxConcurrentOrchestrators).ShouldBe((8, 16));
    }

    [Fact]
    public async Task The_host_keeps_to_the_bounds_of_the_file()
    {
        await using var host = await TestHost.StartAsync([], builder => builder.Services.Configure<LocalHostOptions>(options => File.WriteAllText(
            options.HostJsonPath, """{ "extensions": { "durableTask": { "maxConcurrentActivityFunctions": 5, "maxConcurrentOrchestratorFunctions": 6 } } }""")));

        var options = host.Services.GetRequiredService<IOptions<LocalDurableOptions>>().Value;

        (options.MaxConcurrentActivities, options.MaxConcurrentOrchestrators).ShouldBe((5, 6));
    }

    [Theory]
    [InlineData("""{ "extensions": { "durableTask": { "maxConcurrentActivityFunctions": 0 } } }""", "maxConcurrentActivityFunctions must be a whole number of 1 or more")]
    [InlineData("""{ "extensions": { "durableTask": { "maxConcurrentOrchestratorFunctions": "8" } } }""", "maxConcurrentOrchestratorFunctions must be")]
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
