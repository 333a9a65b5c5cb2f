using PelNas.Infra.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace PelNas.Infra.Tests.Packaging;

/// <summary>azure.yaml, by which the Azure Developer CLI deploys.</summary>
public sealed class AzdProjectTests
{
    private static YamlNode Root
    {
        get
        {
            YamlStream stream = [];
            using StringReader reader = new(Repository.Read("azure.yaml"));
            stream.Load(reader);
            return stream.Documents.ShouldHaveSingleItem().RootNode;
        }
    }

    [Fact]
    public void It_names_the_app_and_the_template()
    {
        YamlNode service = Root["services"]["api"];
        service["host"].ToString().ShouldBe("function");
        service["language"].ToString().ShouldBe("dotnet");
        Directory.GetFiles(Repository.At(service["project"].ToString()), "*.csproj").ShouldHaveSingleItem();
        File.Exists(Repository.At($"{Root["infra"]["path"]}/{Root["infra"]["module"]}.bicep")).ShouldBeTrue();
        // azd finds the app by this tag.
        Repository.Read("infra/main.bicep").ShouldContain("'azd-service-name': 'api'");
    }

    [Theory]
    [InlineData("azure", "scheduler", 0)]
    [InlineData("azure", "storage", 0)]
    [InlineData("azure", "", 1)]
    [InlineData("azure", "netherite", 1)]
    [InlineData("", "scheduler", 1)]
    public async Task A_package_is_made_only_when_host_and_backend_are_chosen(string host, string backend, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The check for Windows is another one.");
        string script = Root["hooks"]["prepackage"]["posix"]["run"].ToString();
        ToolResult result = await Tool.RunAsync("env", Repository.Root, [$"FunctionsHost={host}", $"DurableBackend={backend}", "sh", "-c", script]);
        result.ExitCode.ShouldBe(exitCode);
        result.Errors.Contains("export FunctionsHost=azure", StringComparison.Ordinal).ShouldBe(exitCode != 0);
    }
}
