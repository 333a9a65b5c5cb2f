namespace PelNas.Cli.Tests.Searching;

/// <summary>Which libraries the system's loader maps for a search, as glibc itself tells (<c>LD_DEBUG=files</c>).</summary>
public sealed class LibTorchUseTests : PelnasTest
{
    [Theory]
    [InlineData("paths")]
    [InlineData("both")]
    public async Task A_search_that_computes_no_proxy_loads_no_LibTorch(string predictor)
    {
        string libraries = await LoadedByAsync(
            "search", "--dataset", "cifar10", "--device", "fpga", "--generations", "1", "--max-labels", "30", "--predictor", predictor,
            "--data", Pelnas.Data, "--output", Pelnas.In(predictor));
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
            "search", "--dataset", "cifar100", "--device", "fpga", "--generations", "1", "--max-labels", "30", "--proposals",
            "2", "--proxy-scores", "compute",
            "--data", Pelnas.Data, "--output", Pelnas.In("computed"));
        libraries.ShouldContain("libtorch_cpu.so");
        ResultDocument.Read(Pelnas.In("computed"))["predictor"]!.GetValue<string>()
            .ShouldContain("computed for the candidates, r2-c8-n1-32px-100-");
    }

    [Fact]
    public async Task Where_LibTorch_cannot_be_loaded_a_search_that_computes_scores_ends_before_it_begins()
    {
        // Where a patched copy is loaded, a missing temporary folder keeps it from that.
        Pelnas.Environment["TMPDIR"] = Pelnas.In("missing");
        Finished proxies = await Pelnas.RunAsync("proxies", "--index", "1", "--proxies", "params");
        Assert.SkipWhen(proxies.ExitCode == 0, "LibTorch loads here without a patched copy.");
        Finished finished = await Pelnas.SearchAsync("none", "--dataset", "cifar10", "--device", "fpga", "--proxy-scores", "compute");
        finished.ExitCode.ShouldBe(1);
        finished.Errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain("give table, or mend this: ");
        Directory.Exists(Pelnas.In("none")).ShouldBeFalse();
    }

    private async Task<string> LoadedByAsync(params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "glibc's loader is Linux's.");
        string log = Pelnas.In("loader");
        (Pelnas.Environment["LD_DEBUG"], Pelnas.Environment["LD_DEBUG_OUTPUT"]) = ("files", log);
        Finished finished = (await Pelnas.RunAsync(arguments)).ShouldSucceed();
        return string.Concat(Directory.GetFiles(Pelnas.Folder, "loader.*").Select(File.ReadAllText));
    }
}
