using PelNas.Infra.Tests.Support;

namespace PelNas.Infra.Tests.Workflows;

/// <summary>.github/check-package.sh, which looks at what was published for Azure.</summary>
public sealed class PackageCheckTests : IDisposable
{
    private const string Extensions = ".azurefunctions/Microsoft.Azure.WebJobs.Extensions.DurableTask.dll";

    private readonly TemporaryFolder _folder = new();

    public PackageCheckTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The check is a script for bash.");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_package_passes_and_is_listed()
    {
        Publish("host.json", Extensions, "PelNas.Functions.dll", "libe_sqlite3.so", "runtimes/linux-x64/native/libx.so", "runtimes/win/lib/net10.0/Managed.dll");
        ToolResult result = await CheckAsync();
        result.ExitCode.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("runtimes/linux-x64/native/libx.so");
    }

    [Theory]
    [InlineData("runtimes/win-x64/native/x.dll")]
    [InlineData("runtimes/linux-arm64/native/libx.so")]
    [InlineData("libx.dylib")]
    [InlineData("libtorch_cpu.so")]
    public async Task What_must_not_be_in_it_is_named(string file)
    {
        Publish("host.json", Extensions, file);
        ToolResult result = await CheckAsync();
        result.ExitCode.ShouldBe(1);
        result.Errors.Trim().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_host_settings_of_the_scheduler_fail()
    {
        Publish("host.scheduler.json", Extensions);
        (await CheckAsync()).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_package_without_the_extensions_of_the_host_fails()
    {
        Publish("host.json");
        (await CheckAsync()).Errors.ShouldContain("extensions");
    }

    [Fact]
    public async Task A_package_that_is_too_large_fails()
    {
        Publish("host.json", Extensions);
        await using (FileStream large = File.Create(Path.Combine(_folder.Path, "large.bin")))
        {
            large.SetLength(61_000_000);
        }

        ToolResult result = await CheckAsync();
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

    private Task<ToolResult> CheckAsync() => Tool.RunAsync("bash", Repository.Root, [".github/check-package.sh", _folder.Path]);
}
