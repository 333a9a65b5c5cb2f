using System.Text.Json.Nodes;
using PelNas.Infra.Tests.Support;

namespace PelNas.Infra.Tests.Packaging;

/// <summary>What <c>dotnet publish functions</c> with <c>FunctionsHost=azure</c> is told to make, as MSBuild evaluates it.</summary>
public sealed class AzurePublishTests
{
    private const string Functions = "functions/PelNas.Functions.csproj";
    private const string Shared = "shared/PelNas.Shared.csproj";
    private const string Scheduler = "Microsoft.Azure.Functions.Worker.Extensions.DurableTask.AzureManaged";

    [Theory]
    [InlineData("scheduler", "host.scheduler.json", true)]
    [InlineData("storage", "host.json", false)]
    public async Task The_backend_decides_on_host_json_and_package(string backend, string hostJson, bool hasScheduler)
    {
        JsonNode project = await EvaluateAsync("-p:FunctionsHost=azure", $"-p:DurableBackend={backend}");
        JsonNode file = project["Items"]!["None"]!.AsArray().Single(item => item!["Link"]?.GetValue<string>() == "host.json")!;
        Path.GetFileName(file["FullPath"]!.GetValue<string>()).ShouldBe(hostJson);
        file["CopyToPublishDirectory"]!.GetValue<string>().ShouldBe("PreserveNewest");
        Packages(project).Contains(Scheduler).ShouldBe(hasScheduler);
    }

    [Fact]
    public async Task Only_natives_of_linux_x64_are_published_unless_another_platform_is_named()
    {
        Runtime(await EvaluateAsync("-p:FunctionsHost=azure", "-p:_IsPublishing=true")).ShouldBe(("linux-x64", "false"));
        Runtime(await EvaluateAsync("-p:FunctionsHost=azure", "-p:_IsPublishing=true", "-p:RuntimeIdentifier=osx-arm64")).Identifier.ShouldBe("osx-arm64");
        Runtime(await EvaluateAsync("-p:FunctionsHost=azure")).Identifier.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_app_for_Azure_holds_nothing_of_the_local_host()
    {
        JsonNode project = await EvaluateAsync("-p:FunctionsHost=azure");
        project["Items"]!["ProjectReference"]!.AsArray().Select(item => item!["Filename"]!.GetValue<string>()).ShouldBe(["PelNas.Shared"]);
        Packages(project).ShouldContain("Microsoft.Azure.Functions.Worker.Sdk");
    }

    [Fact]
    public async Task The_package_holds_LibTorch_when_it_is_asked_for_only()
    {
        (await LibTorchAsync("-p:_IsPublishing=true")).ShouldBe(("none", ""));
        (await LibTorchAsync("-p:_IsPublishing=true", "-p:LibTorch=false")).ShouldBe(("none", ""));
        (await LibTorchAsync("-p:_IsPublishing=true", "-p:LibTorch=true")).ShouldBe(("linux-x64", "libtorch-cpu-linux-x64"));
        (await LibTorchAsync("-p:_IsPublishing=true", "-p:LibTorchRuntime=linux-x64")).ShouldBe(("linux-x64", "libtorch-cpu-linux-x64"));
        (await LibTorchAsync()).ShouldBe(("none", ""));
    }

    // It is shared/ that refers to LibTorch, with the properties that the publishing of functions/ hands on.
    private static async Task<(string Runtime, string Packages)> LibTorchAsync(params string[] properties)
    {
        JsonNode project = await EvaluateAsync(Shared, ["-p:FunctionsHost=azure", .. properties]);
        return (project["Properties"]!["LibTorchRuntime"]!.GetValue<string>(),
            string.Join(',', Packages(project).Where(package => package.StartsWith("libtorch-", StringComparison.OrdinalIgnoreCase))));
    }

    private static (string Identifier, string SelfContained) Runtime(JsonNode project)
        => (project["Properties"]!["RuntimeIdentifier"]!.GetValue<string>(), project["Properties"]!["SelfContained"]!.GetValue<string>());

    private static string[] Packages(JsonNode project) => [.. project["Items"]!["PackageReference"]!.AsArray().Select(item => item!["Identity"]!.GetValue<string>())];

    private static Task<JsonNode> EvaluateAsync(params string[] properties) => EvaluateAsync(Functions, properties);

    private static async Task<JsonNode> EvaluateAsync(string project, string[] properties)
    {
        ToolResult result = await Tool.RunAsync(
            "dotnet",
            Repository.Root,
            ["msbuild", project, .. properties, "-getProperty:RuntimeIdentifier,SelfContained,LibTorchRuntime", "-getItem:None,PackageReference,ProjectReference"]);
        result.ExitCode.ShouldBe(0, result.Output + result.Errors);
        return JsonNode.Parse(result.Output)!;
    }
}
