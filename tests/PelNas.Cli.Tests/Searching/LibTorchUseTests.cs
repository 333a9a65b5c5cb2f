using PelNas.Cli.Tests.Support;

namespace PelNas.Cli.Tests.Searching;

/// <summary>Which libraries the system's loader maps for a search, as glibc itself tells (<c>LD_DEBUG=files</c>).</summary>
public sealed class LibTorchUseTests : IDisposable
{
    private readonly Pelnas _pelnas = new();

    [Theory]
    [InlineData("paths")]
    [InlineData("both")]
    public async Task A_search_that_computes_no_proxy_loads_no_LibTorch(string predictor)
    {
        string libraries = await LoadedByAsync(
            "search", "--dataset", "cifar10", "--device", "fpga", "--generations", "1", "--max-labels", "30", "--predictor", predictor,
            "--data", _pelnas.Data, "--output", Path.Combine(_pelnas.Folder, predictor));
        libraries.ShouldContain("libe_sqlite3.so");
        libraries.ShouldNotContain("libtorch");
    }

    [Fact]
    public async Task A_proxy_does()
        => (await LoadedByAsync("proxies", "--index", "1", "--proxies", "params")).ShouldContain("libtorch_cpu.so");

    public void Dispose() => _pelnas.Dispose();

    private async Task<string> LoadedByAsync(params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "glibc's loader is Linux's.");
        string log = Path.Combine(_pelnas.Folder, "loader");
        (_pelnas.Environment["LD_DEBUG"], _pelnas.Environment["LD_DEBUG_OUTPUT"]) = ("files", log);
        Finished finished = await _pelnas.RunAsync(arguments);
        finished.ExitCode.ShouldBe(0, finished.Errors);
        return string.Concat(Directory.GetFiles(_pelnas.Folder, "loader.*").Select(File.ReadAllText));
    }
}
