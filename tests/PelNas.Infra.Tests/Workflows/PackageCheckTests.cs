using PelNas.Infra.Tests.Support;

namespace PelNas.Infra.Tests.Workflows;

/// <summary>.github/check-package.sh, which looks at what was published for Azure.</summary>
public sealed class PackageCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PackageCheckTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The check is a script for bash.");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("scheduler", "host.scheduler.json")]
    [InlineData("storage", "host.json")]
    public async Task A_package_of_its_backend_passes_and_is_listed(string backend, string hostJson)
    {
        Publish(hostJson, "PelNas.Functions.dll", "libe_sqlite3.so", "runtimes/linux-x64/native/libx.so", "runtimes/win/lib/net10.0/Managed.dll");
        ToolResult result = await CheckAsync(backend);
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("runtimes/linux-x64/native/libx.so");
    }

    [Theory]
    [InlineData("runtimes/win-x64/native/x.dll")]
    [InlineData("runtimes/linux-arm64/native/libx.so")]
    [InlineData("libx.dylib")]
    [InlineData("libtorch_cpu.so")]
    [InlineData("PelNas.Local.dll")]
    public async Task What_must_not_be_in_it_is_named(string file)
    {
        Publish("host.json", file);
        ToolResult result = await CheckAsync("storage");
        result.ExitCode.ShouldBe(1);
        result.Errors.Trim().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("scheduler", "host.json")]
    [InlineData("storage", "host.scheduler.json")]
    [InlineData("netherite", "host.json")]
    public async Task The_host_settings_of_another_backend_fail(string backend, string hostJson)
    {
        Publish(hostJson);
        (await CheckAsync(backend)).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_package_that_is_too_large_fails()
    {
        Publish("host.json");
        await using (FileStream large = File.Create(Path.Combine(_folder.Path, "large.bin")))
        {
            large.SetLength(61_000_000);
        }

        ToolResult result = await CheckAsync("storage");
        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain("MB");
    }

    private void Publish(string hostJson, params string[] files)
    {
        File.Copy(Repository.At(hostJson), Path.Combine(_folder.Path, "host.json"));
        foreach (string file in files)
        {
            string path = Path.Combine(_folder.Path, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "x");
        }
    }

    private Task<ToolResult> CheckAsync(string backend) => Tool.RunAsync("bash", Repository.Root, [".github/check-package.sh", _folder.Path, backend]);
}
