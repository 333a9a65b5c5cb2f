using System.Buffers.Text;
using System.Runtime.Versioning;
using PelNas.Local.Engine.History;
using PelNas.Local.Host;
using PelNas.Local.Host.Http;

namespace PelNas.Local.Tests.Host.Http;

public sealed class FunctionKeysTests : FolderTest
{
    private string KeysPath => Folder.File("below/keys.json");

    [Fact]
    public void A_key_of_32_random_bytes_is_made_once_under_the_name_of_the_functions_host()
    {
        FunctionKeys made = FunctionKeys.LoadOrCreate(KeysPath);
        FunctionKeys read = FunctionKeys.LoadOrCreate(KeysPath);
        FunctionKeys others = FunctionKeys.LoadOrCreate(Folder.File("other.json"));

        others.Default.ShouldNotBe(made.Default);
        Base64Url.DecodeFromChars(made.Default).Length.ShouldBe(32);
        read.Default.ShouldBe(made.Default);
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(KeysPath))
            .ShouldBe(new Dictionary<string, string> { ["default"] = made.Default });
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void The_file_is_for_its_owner_alone_and_nothing_is_left_beside_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        FunctionKeys.LoadOrCreate(KeysPath);

        File.GetUnixFileMode(KeysPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(Path.GetDirectoryName(KeysPath)!).ShouldBe([KeysPath]);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    [UnsupportedOSPlatform("windows")]
    public void A_file_that_others_may_use_is_refused_with_the_fix(UnixFileMode forOthers)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        FunctionKeys.LoadOrCreate(KeysPath);
        File.SetUnixFileMode(KeysPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | forOthers);

        Should.Throw<InvalidDataException>(() => FunctionKeys.LoadOrCreate(KeysPath)).Message.ShouldContain("chmod 600");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{ "default": "" }""")]
    public void A_file_that_is_not_one_of_keys_is_refused_with_the_fix(string text)
    {
        PrivateFile.Write(KeysPath, text);

        Should.Throw<InvalidDataException>(() => FunctionKeys.LoadOrCreate(KeysPath)).Message.ShouldContain(
            "Delete it to have a new one made");
    }

    [Fact]
    public void Only_the_process_that_has_the_folder_makes_keys()
    {
        using IDisposable other = HistoryFileLock.Take(Folder.File("history.db"));

        Should.Throw<HistoryFileException>(() => TestHost.CreateBuilder([], Folder.Path).Build()).Message.ShouldContain(
            "is in use by process");
        File.Exists(Folder.File("keys.json")).ShouldBeFalse();
    }
}
