using YamlDotNet.RepresentationModel;

namespace PelNas.Infra.Tests.Packaging;

/// <summary>azure.yaml, by which the Azure Developer CLI deploys.</summary>
public sealed class AzdProjectTests
{
    private static YamlNode Root => Yaml.Root("azure.yaml");

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

    [Fact]
    public void It_asks_for_an_azd_that_hands_its_values_to_the_build() => Root["requiredVersions"]["azd"].ToString().ShouldBe(">= 1.23.7");

    [Theory]
    [InlineData("", "", "", 0)]
    [InlineData("", "", "storage", 0)]
    [InlineData("scheduler", "", "", 0)]
    [InlineData("storage", "storage", "storage", 0)]
    [InlineData("scheduler", "scheduler", "scheduler", 0)]
    [InlineData("netherite", "", "", 1)]
    [InlineData("", "", "scheduler", 1)]
    [InlineData("storage", "", "scheduler", 1)]
    [InlineData("storage", "scheduler", "", 1)]
    public async Task A_package_is_made_only_for_the_backend_of_the_resources(string backend, string kept, string provisioned, int exitCode)
    {
        // A hook of the service runs with 'azd deploy' too, one of the project does not. azd has one line for a value that it keeps, and an
        // exit code for one that it does not.
        string hook = Root["services"]["api"]["hooks"]["prepackage"]["posix"]["run"].ToString();
        ToolResult result = await FakeAzd.RunAsync("sh", hook, kept.Length > 0 ? $"echo {kept}" : "exit 1", new()
        {
            ["DurableBackend"] = backend,
            ["DURABLE_BACKEND"] = provisioned,
        });
        result.ExitCode.ShouldBe(exitCode, result.Errors);
        result.Errors.Contains("DurableBackend", StringComparison.Ordinal).ShouldBe(exitCode != 0);
    }

    [Theory]
    [InlineData("", "", "env set BUDGET_START", 0)]
    [InlineData("2026-01-01", "", "", 0)]
    [InlineData("2026-01-01", "true", "", 0)]
    [InlineData("", "true", "", 1)]
    public async Task The_start_of_the_budget_is_kept_once_it_is_known(string start, string ci, string call, int exitCode)
    {
        ToolResult result = await FakeAzd.RunAsync(
            "sh", Root["hooks"]["preprovision"]["posix"]["run"].ToString(), "echo \"$@\"", new() { ["BUDGET_START"] = start, ["CI"] = ci });
        result.ExitCode.ShouldBe(exitCode);
        string expected = call.Length > 0 ? $"{call} {DateTime.UtcNow.ToString("yyyy-MM", CultureInfo.InvariantCulture)}-01" : "";
        result.Output.Trim().ShouldBe(expected);
        result.Errors.Contains("BUDGET_START", StringComparison.Ordinal).ShouldBe(exitCode != 0);
    }
}
