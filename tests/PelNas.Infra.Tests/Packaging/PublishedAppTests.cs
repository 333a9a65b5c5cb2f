using System.Diagnostics;

namespace PelNas.Infra.Tests.Packaging;

/// <summary>
/// What <c>dotnet publish functions</c> makes: the package that a Functions host runs, and that runs by itself without one.
/// </summary>
public sealed class PublishedAppTests(PublishedApp app) : IClassFixture<PublishedApp>
{
    private const int MaxMegabytes = 90;
    private const string Scheduler = "Microsoft.Azure.Functions.Worker.Extensions.DurableTask.AzureManaged";

    [Theory]
    [InlineData("host.json")]
    [InlineData("worker.config.json")]
    [InlineData("functions.metadata")]
    [InlineData("extensions.json")]
    [InlineData("appsettings.json")]
    [InlineData("PelNas.Functions.dll")]
    [InlineData(".azurefunctions/Microsoft.Azure.WebJobs.Extensions.DurableTask.dll")]
    [InlineData(".azurefunctions/DurableTask.AzureStorage.dll")]
    [InlineData("data/nasbench201-accuracy.csv.gz")]
    [InlineData("libe_sqlite3.so")]
    public void It_holds_what_the_host_looks_for(string file) => app.Files.ShouldContain(file);

    [Fact]
    public void It_holds_no_tests_benchmarks_other_platforms_natives_or_LibTorch()
    {
        app.Files.ShouldNotContain(file => file.Contains("Tests", StringComparison.Ordinal)
            || file.Contains("Bench.", StringComparison.Ordinal) || file.Contains("xunit", StringComparison.Ordinal));
        app.Files.ShouldNotContain(file => file.EndsWith(".dylib", StringComparison.Ordinal)
            || file.Contains("libtorch", StringComparison.Ordinal) || file.Contains("torch_cpu", StringComparison.Ordinal));
        app.Files.ShouldNotContain(file => file.StartsWith("runtimes/", StringComparison.Ordinal));
        app.Bytes.ShouldBeLessThan(MaxMegabytes * 1_000_000);
    }

    [Fact]
    public void The_metadata_lists_every_function_of_the_code()
    {
        JsonArray metadata = JsonNode.Parse(File.ReadAllText(Path.Combine(app.Path, "functions.metadata")))!.AsArray();
        IEnumerable<string> inCode = typeof(Functions.PelNasServices).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Select(
                method => method.GetCustomAttributesData().FirstOrDefault(attribute => attribute.AttributeType.Name == "FunctionAttribute"))
            .OfType<System.Reflection.CustomAttributeData>()
            .Select(attribute => (string)attribute.ConstructorArguments[0].Value!);

        metadata.Select(function => (string)function!["name"]!).ShouldBe(inCode, ignoreOrder: true);
    }

    [Fact]
    public void Its_host_json_is_that_of_the_storage_backend()
        => File.ReadAllText(Path.Combine(app.Path, "host.json")).ShouldBe(Repository.Read("host.json"));

    [Fact]
    public async Task Started_without_a_Functions_host_it_hosts_itself()
    {
        using TemporaryFolder data = new();
        ProcessStartInfo start = new(
            "dotnet",
            [Path.Combine(app.Path, "PelNas.Functions.dll"), "--LocalHost:Port=0", $"--LocalHost:DataDirectory={data.Path}",
                $"--PelNas:DataDirectory={data.Path}"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = data.Path,
        };
        using Process process = Process.Start(start)!;
        try
        {
            string address = await AddressAsync(process.StandardOutput);
            using HttpClient client = new();
            using HttpResponseMessage response = await client.GetAsync(new Uri($"{address}/api/devices"), Cancellation);
            response.StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Theory]
    [InlineData("scheduler", "host.scheduler.json", true)]
    [InlineData("storage", "host.json", false)]
    public async Task The_backend_decides_on_host_json_and_package(string backend, string hostJson, bool hasScheduler)
    {
        ToolResult result = await Tool.RunAsync(
            "dotnet", Repository.Root,
            ["msbuild", "functions/PelNas.Functions.csproj", $"-p:DurableBackend={backend}", "-getItem:None,PackageReference"]);
        result.ExitCode.ShouldBe(0, result.Output + result.Errors);
        JsonNode items = JsonNode.Parse(result.Output)!["Items"]!;
        JsonNode file = items["None"]!.AsArray().Single(item => item!["Link"]?.GetValue<string>() == "host.json")!;
        Path.GetFileName(file["FullPath"]!.GetValue<string>()).ShouldBe(hostJson);
        items["PackageReference"]!.AsArray().Any(item => item!["Identity"]!.GetValue<string>() == Scheduler).ShouldBe(hasScheduler);
    }

    private static async Task<string> AddressAsync(StreamReader output)
    {
        const string Listening = "Now listening on: ";
        while (await output.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                return line[(at + Listening.Length)..].Trim();
            }
        }

        throw new InvalidOperationException("The app ended before it listened.");
    }
}

/// <summary>The app, published once.</summary>
public sealed class PublishedApp : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string Path => System.IO.Path.Combine(_folder.Path, "out");

    /// <summary>Its files, as paths with slashes.</summary>
    public IReadOnlyList<string> Files { get; private set; } = [];

    public long Bytes { get; private set; }

    public async ValueTask InitializeAsync()
    {
        SourcesCopy.Make(_folder.Path, "functions", "shared", "local", "data", "docs");
        ToolResult result = await Tool.RunAsync(
            "dotnet", _folder.Path, ["publish", "functions", "-c", "Release", "-o", "out", SourcesCopy.WithoutAnalyzers]);
        result.ExitCode.ShouldBe(0, result.Output + result.Errors);
        string[] files = Directory.GetFiles(Path, "*", SearchOption.AllDirectories);
        Files = [.. files.Select(file => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/'))];
        Bytes = files.Sum(file => new FileInfo(file).Length);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
