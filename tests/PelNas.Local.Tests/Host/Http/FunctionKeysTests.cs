using System.Buffers.Text;
using System.Runtime.Versioning;
using System.Text.Json;
using PelNas.Local.Engine;
using PelNas.Local.Engine.History;
using PelNas.Local.Host;
using PelNas.Local.Host.Http;

namespace PelNas.Local.Tests.Host.Http;

public sealed class FunctionKeysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string KeysPath => _folder.File("below/keys.json");

    [Fact]
    public void Keys_of_32_random_bytes_are_made_once_under_the_names_of_the_functions_host()
    {
        FunctionKeys made = FunctionKeys.LoadOrCreate(KeysPath);
        FunctionKeys read = FunctionKeys.LoadOrCreate(KeysPath);
        FunctionKeys others = FunctionKeys.LoadOrCreate(_folder.File("other.json"));

        string[] all = [made.Default, made.Master, others.Default, others.Master];
        all.ShouldBeUnique();
        all.ShouldAllBe(key => Base64Url.DecodeFromChars(key).Length == 32);
        (read.Default, read.Master).ShouldBe((made.Default, made.Master));
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(KeysPath)).ShouldBe(
            new Dictionary<string, string> { ["default"] = made.Default, ["_master"] = made.Master }, ignoreOrder: true);
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
    [InlineData("""{ "default": "a", "_master": "" }""")]
    public void A_file_that_is_not_one_of_keys_is_refused_with_the_fix(string text)
    {
        PrivateFile.Write(KeysPath, text);

        Should.Throw<InvalidDataException>(() => FunctionKeys.LoadOrCreate(KeysPath)).Message.ShouldContain("Delete it to have new keys made");
    }

    [Fact]
    public void Only_the_process_that_has_the_folder_makes_keys()
    {
        using IDisposable other = HistoryFileLock.Take(_folder.File("history.db"));

        Should.Throw<HistoryFileException>(() => TestHost.CreateBuilder([], _folder.Path).Build()).Message.ShouldContain("is in use by process");
        File.Exists(_folder.File("keys.json")).ShouldBeFalse();
    }

    public void Dispose() => _folder.Dispose();
}
