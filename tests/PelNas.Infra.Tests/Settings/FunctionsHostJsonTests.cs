using PelNas.Shared.Llm.Providers;

namespace PelNas.Infra.Tests.Settings;

/// <summary>
/// host.json and its sibling for the scheduler, by the rules of the Functions host and the Durable extension: an unknown or misspelt key
/// is ignored there without a word, so only known ones may occur.
/// </summary>
public sealed partial class FunctionsHostJsonTests
{
    private static readonly string[] Known =
    [
        "version", "telemetryMode", "functionTimeout", "logging.logLevel.*", "extensions.http.routePrefix",
        "extensions.durableTask.hubName", "extensions.durableTask.defaultVersion", "extensions.durableTask.versionMatchStrategy",
        "extensions.durableTask.versionFailureStrategy", "extensions.durableTask.maxConcurrentActivityFunctions",
        "extensions.durableTask.maxConcurrentOrchestratorFunctions", "extensions.durableTask.tracing.distributedTracingEnabled",
        "extensions.durableTask.tracing.version", "extensions.durableTask.storageProvider.type",
        "extensions.durableTask.storageProvider.connectionStringName",
        "extensions.durableTask.storageProvider.controlQueueVisibilityTimeout",
        "extensions.durableTask.storageProvider.workItemQueueVisibilityTimeout",
    ];

    public static TheoryData<string> Files => ["host.json", "host.scheduler.json"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Only_known_keys_occur(string file)
        => Paths(Read(file))
            .Where(path =>
                !Known.Any(known => known.EndsWith(".*", StringComparison.Ordinal)
                    ? path.StartsWith(known[..^1], StringComparison.Ordinal)
                    : path == known))
                .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Files))]
    public void Values_are_those_that_the_host_takes(string file)
    {
        JsonObject host = Read(file);
        host["version"]!.GetValue<string>().ShouldBe("2.0");
        host["telemetryMode"]!.GetValue<string>().ShouldBe("OpenTelemetry");
        foreach ((_, JsonNode? level) in host["logging"]!["logLevel"]!.AsObject())
        {
            level!.GetValue<string>().ShouldBeOneOf("Trace", "Debug", "Information", "Warning", "Error", "Critical", "None");
        }

        JsonNode durable = host["extensions"]!["durableTask"]!;
        // Tables and queues of the storage backend are named after it: letters and digits, a letter first, 3 to 45 of them.
        TaskHub().IsMatch(durable["hubName"]!.GetValue<string>()).ShouldBeTrue();
        durable["versionMatchStrategy"]!.GetValue<string>().ShouldBeOneOf("None", "Strict", "CurrentOrOlder");
        durable["versionFailureStrategy"]!.GetValue<string>().ShouldBeOneOf("Reject", "Fail");
        durable["maxConcurrentActivityFunctions"]!.GetValue<int>().ShouldBeInRange(1, 100);
        durable["maxConcurrentOrchestratorFunctions"]!.GetValue<int>().ShouldBeInRange(1, 100);
        durable["tracing"]!["distributedTracingEnabled"]!.GetValue<bool>().ShouldBeTrue();
        durable["tracing"]!["version"]!.GetValue<string>().ShouldBe("V2");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_step_has_time_for_a_proposer_that_never_answers(string file)
    {
        var limit = TimeSpan.Parse(Read(file)["functionTimeout"]!.GetValue<string>(), CultureInfo.InvariantCulture);

        // The question and its repair turn, four attempts each, each after half a minute's wait at most and as much for the quota.
        limit.ShouldBeGreaterThan(2 * 4 * (new ChatProviderOptions().Timeout + TimeSpan.FromMinutes(1)));

        // What Flex Consumption leaves to running functions when it takes an instance away.
        limit.ShouldBeLessThanOrEqualTo(TimeSpan.FromHours(1));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_logs_every_message_or_request_logs_warnings_only(string file)
    {
        JsonNode levels = Read(file)["logging"]!["logLevel"]!;
        foreach (string category in (string[])["DurableTask.AzureStorage", "DurableTask.Core", "Host.Triggers.DurableTask", "Microsoft.AspNetCore"])
        {
            levels[category]!.GetValue<string>().ShouldBe("Warning", category);
        }

        // The app's own, by its configuration: the host's levels do not reach it, and the embedded host has the engine in it.
        JsonNode own = JsonNode.Parse(Repository.Read("functions/appsettings.json"))!["Logging"]!["LogLevel"]!;
        foreach (string category in (string[])["DurableTask", "Microsoft.AspNetCore", "Microsoft.DurableTask"])
        {
            own[category]!.GetValue<string>().ShouldBe("Warning", category);
        }
    }

    [Fact]
    public void The_two_differ_in_the_storage_provider_only()
    {
        JsonObject scheduler = Read("host.scheduler.json");
        JsonNode provider = TakeProvider(scheduler);
        provider["type"]!.GetValue<string>().ShouldBe("azureManaged");
        DocumentedSetting.Of(provider["connectionStringName"]!.GetValue<string>()).ShouldHaveSingleItem();
        JsonObject storage = Read("host.json");
        TakeProvider(storage).AsObject().ContainsKey("type").ShouldBeFalse("the storage account is the default");
        JsonNode.DeepEquals(scheduler, storage).ShouldBeTrue();
    }

    [Theory]
    [InlineData("controlQueueVisibilityTimeout")]
    [InlineData("workItemQueueVisibilityTimeout")]
    public void Messages_of_an_instance_that_went_away_are_handed_out_again_within_a_minute(string name)
        // Five by default, for which a search stands still after a restart.
        => TimeSpan.Parse(TakeProvider(Read("host.json"))[name]!.GetValue<string>(), CultureInfo.InvariantCulture)
            .ShouldBe(TimeSpan.FromMinutes(1));

    private static JsonNode TakeProvider(JsonObject host)
    {
        JsonObject durable = host["extensions"]!["durableTask"]!.AsObject();
        JsonNode provider = durable["storageProvider"]!;
        durable.Remove("storageProvider");
        return provider;
    }

    private static JsonObject Read(string file) => JsonNode.Parse(Repository.Read(file))!.AsObject();

    private static IEnumerable<string> Paths(JsonObject json, string prefix = "") =>
        json.SelectMany(pair => pair.Value is JsonObject inner ? Paths(inner, $"{prefix}{pair.Key}.") : [prefix + pair.Key]);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,44}$")]
    private static partial Regex TaskHub();
}
