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

    [Fact]
    public async Task A_search_that_computes_scores_does_and_says_so()
    {
        string libraries = await LoadedByAsync(
            "search", "--dataset", "cifar100", "--device", "fpga", "--generations", "1", "--max-labels", "30", "--proposals", "2", "--proxy-scores", "compute",
            "--data", _pelnas.Data, "--output", Path.Combine(_pelnas.Folder, "computed"));
        libraries.ShouldContain("libtorch_cpu.so");
        ResultDocument.Read(Path.Combine(_pelnas.Folder, "computed"))["predictor"]!.GetValue<string>().ShouldContain("computed for the candidates, r2-c8-n1-32px-100-");
    }

    [Fact]
    public async Task Where_LibTorch_cannot_be_loaded_a_search_that_computes_scores_ends_before_it_begins()
    {
        // Where a patched copy is loaded, a missing temporary folder keeps it from that.
        _pelnas.Environment["TMPDIR"] = Path.Combine(_pelnas.Folder, "missing");
        Finished proxies = await _pelnas.RunAsync("proxies", "--index", "1", "--proxies", "params");
        Assert.SkipWhen(proxies.ExitCode == 0, "LibTorch loads here without a patched copy.");
        Finished finished = await _pelnas.SearchAsync("none", "--dataset", "cifar10", "--device", "fpga", "--proxy-scores", "compute");
        finished.ExitCode.ShouldBe(1);
        finished.Errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain("give table, or mend this: ");
        Directory.Exists(Path.Combine(_pelnas.Folder, "none")).ShouldBeFalse();
    }

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
