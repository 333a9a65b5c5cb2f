namespace PelNas.Cli.Tests.Proxies;

/// <summary>
/// LibTorch on a system that needs a copy of a library (GCC 12's libstdc++) and whose temporary folder no program may be loaded from.
/// </summary>
public sealed class NoexecTemporaryFolderTests : PelnasTest
{
    [Fact]
    public async Task The_error_names_the_folder_and_the_fix()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux needs a copy.");
        Finished? finished = await Pelnas.RunWithNoexecTemporaryFolderAsync("proxies", "--index", "1", "--proxies", "params");
        Assert.SkipWhen(finished is null, "A file system can be mounted by root only.");
        Assert.SkipWhen(finished.ExitCode == 0, "The system's libstdc++ needs no copy.");
        finished.ExitCode.ShouldBe(1);
        string error = finished.Errors.Trim().Split('\n').ShouldHaveSingleItem();
        error.ShouldContain("noexec");
        error.ShouldContain(Pelnas.Folder);
        error.ShouldContain("Set TMPDIR to");
    }
}
