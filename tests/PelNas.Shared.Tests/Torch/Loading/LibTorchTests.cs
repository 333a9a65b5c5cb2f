using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PelNas.Shared.Tests.Torch.Loading;

public sealed class LibTorchTests
{
    [Fact]
    public void Loads_here_and_convolves()
    {
        LibTorch.EnsureLoaded();
        using DisposeScope scope = torch.NewDisposeScope();
        torch.nn.functional.conv2d(torch.ones(1, 2, 4, 4), torch.ones(3, 2, 3, 3)).sum().item<float>().ShouldBe(3 * 4 * 18);
        LibTorch.IsLoaded.ShouldBeTrue();
    }

    [Fact]
    public void Leaves_the_library_in_place_as_it_was_and_no_copy_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux needs a copy.");
        LibTorch.EnsureLoaded();
        string file = RealBinding();
        byte[] before = SHA256.HashData(File.ReadAllBytes(file));
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pelnas-copy-");
        try
        {
            LinuxBinding.LoadCopy(file, folder.FullName).ShouldNotBe(0);
            folder.GetFileSystemInfos().ShouldBeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        SHA256.HashData(File.ReadAllBytes(file)).ShouldBe(before);
    }

    [Fact]
    public void Weakens_one_byte_of_the_real_library()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The library's version need is Linux's.");
        byte[] before = File.ReadAllBytes(RealBinding());
        byte[] after = [.. before];
        SymbolVersionNeed.Weaken(after, "GLIBCXX_3.4.32");
        int changed = Enumerable.Range(0, before.Length).Single(i => before[i] != after[i]);
        (before[changed], after[changed]).ShouldBe(((byte)0, (byte)2));
    }

    [Theory]
    [InlineData("/proc/self/no-such-folder")]
    [InlineData("/proc/1")]
    public void Says_what_to_do_when_the_temporary_folder_cannot_be_written_to(string folder)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux needs a copy.");
        LibTorchException exception = Should.Throw<LibTorchException>(() => LinuxBinding.LoadCopy(RealBinding(), folder));
        exception.Message.ShouldContain(folder);
        exception.Message.ShouldContain("TMPDIR");
    }

    [Fact]
    public void Names_the_file_that_is_not_what_it_should_be()
    {
        string file = Path.Combine(Path.GetTempPath(), $"pelnas-{Environment.ProcessId}.so");
        File.WriteAllText(file, "no library");
        try
        {
            Should.Throw<LibTorchException>(() => LinuxBinding.Load(file, Path.GetTempPath())).Message.ShouldContain(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("linux-musl-x64", Architecture.X64, "musl")]
    [InlineData("alpine.3.20-x64", Architecture.X64, "musl")]
    [InlineData("linux-arm64", Architecture.Arm64, "linux-arm64")]
    [InlineData("osx-x64", Architecture.X64, "osx-x64")]
    [InlineData("win-x86", Architecture.X86, "win-x86")]
    public void Refuses_platforms_that_LibTorch_is_not_built_for(string runtime, Architecture architecture, string named)
    {
        string message = Should.Throw<LibTorchException>(() => LibTorchPlatform.Of(runtime, architecture)).Message;
        message.ShouldContain(named);
        message.ShouldContain("'table'");
    }

    [Theory]
    [InlineData("linux-x64", "linux-x64")]
    [InlineData("debian.12-x64", "linux-x64")]
    [InlineData("win10-x64", "win-x64")]
    public void Knows_platforms_by_their_runtime_identifier(string identifier, string runtime)
        => LibTorchPlatform.Of(identifier, Architecture.X64).Runtime.ShouldBe(runtime);

    [Fact]
    public void Says_where_it_looked_when_the_build_has_no_libraries()
    {
        string elsewhere = Path.Combine(Path.GetTempPath(), "nowhere");
        LibTorchPlatform other = new("linux-x64", "libMissing.so", []);
        Should.Throw<LibTorchException>(() => LibTorchFolder.Find(other, [elsewhere])).Message.ShouldContain(elsewhere);
    }

    private static string RealBinding() => Path.Combine(LibTorchFolder.Find(LibTorchPlatform.Current), LibTorchPlatform.Current.Binding);
}
