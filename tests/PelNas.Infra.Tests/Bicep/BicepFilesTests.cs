namespace PelNas.Infra.Tests.Bicep;

public sealed class BicepFilesTests
{
    // Newer API versions of a resource are chosen by hand; a deployment's what-if is not part of the build; there are no remote modules.
    private static readonly string[] RulesThatAreOff =
    [
        "use-recent-api-versions",
        "use-recent-module-versions",
        "what-if-short-circuiting",
    ];

    [Fact]
    public async Task The_linter_has_nothing_to_say()
    {
        ToolResult result = await BicepCompiler.RunAsync("lint", "--pattern", "infra/**/*.bicep");
        $"{result.Output}{result.Errors}".Trim().ShouldBeEmpty();
        result.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task The_formatter_would_change_nothing()
    {
        using TemporaryFolder folder = new();
        string[] files = [.. Repository.Files("infra", "*.bicep"), .. Repository.Files("infra", "*.bicepparam")];
        files.Length.ShouldBeGreaterThan(10);
        foreach (string file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.Path, file))!);
            File.Copy(Repository.At(file), Path.Combine(folder.Path, file));
        }

        // One that it does change, or a pattern that matches nothing would pass.
        string untidy = Path.Combine(folder.Path, "untidy.bicep");
        await File.WriteAllTextAsync(untidy, "param   x   string\n", Cancellation);
        foreach (string kind in (string[])["bicep", "bicepparam"])
        {
            ToolResult result = await BicepCompiler.RunAsync("format", "--pattern", $"{folder.Path}/**/*.{kind}");
            result.ExitCode.ShouldBe(0, result.Errors);
        }

        (await File.ReadAllTextAsync(untidy, Cancellation)).ShouldBe("param x string\n");
        files.Where(file => File.ReadAllText(Path.Combine(folder.Path, file)) != Repository.Read(file)).ShouldBeEmpty();
    }

    [Fact]
    public void Both_backends_have_a_parameter_file()
        => Repository.Files("infra/parameters", "*.bicepparam")
            .ShouldBe(["infra/parameters/scheduler.bicepparam", "infra/parameters/storage.bicepparam"]);

    [Theory]
    [InlineData("scheduler")]
    [InlineData("storage")]
    public async Task A_parameter_file_compiles_and_names_its_backend(string backend)
    {
        ToolResult result = await BicepCompiler.RunAsync("build-params", $"infra/parameters/{backend}.bicepparam", "--stdout");
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Errors.Trim().ShouldBeEmpty();
        JsonNode parameters = JsonNode.Parse(JsonNode.Parse(result.Output)!["parametersJson"]!.GetValue<string>())!;
        parameters["parameters"]!["durableBackend"]!["value"]!.GetValue<string>().ShouldBe(backend);
    }

    [Fact]
    public void Rules_are_errors_but_for_the_named_ones()
    {
        JsonObject rules = JsonNode.Parse(Repository.Read("infra/bicepconfig.json"))!["analyzers"]!["core"]!["rules"]!.AsObject();
        rules.Count.ShouldBeGreaterThan(30);
        foreach ((string rule, JsonNode? settings) in rules)
        {
            settings!["level"]!.GetValue<string>().ShouldBe(RulesThatAreOff.Contains(rule) ? "off" : "error", rule);
        }
    }

    [Fact]
    public async Task A_parameter_that_nothing_uses_fails_the_linter()
    {
        using TemporaryFolder folder = new();
        File.Copy(Repository.At("infra/bicepconfig.json"), Path.Combine(folder.Path, "bicepconfig.json"));
        string file = Path.Combine(folder.Path, "faulty.bicep");
        await File.WriteAllTextAsync(file, "param unused string\n", Cancellation);
        ToolResult result = await BicepCompiler.RunAsync("lint", file);
        result.ExitCode.ShouldNotBe(0);
        result.Errors.ShouldContain("no-unused-params");
    }
}
