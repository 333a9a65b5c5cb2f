using System.Buffers.Text;
using System.Runtime.Versioning;
using System.Text.Json;
using PelNas.Local.Host.Http;

namespace PelNas.Local.Tests.Host.Http;

public sealed class FunctionKeysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string KeysPath => _folder.File("below/keys.json");

    [Fact]
    public void Keys_are_made_once_and_read_from_then_on()
    {
        var made = FunctionKeys.LoadOrCreate(KeysPath);
        var read = FunctionKeys.LoadOrCreate(KeysPath);

        (read.Default, read.Master).ShouldBe((made.Default, made.Master));
    }

    [Fact]
    public void Each_key_is_32_random_bytes()
    {
        var keys = FunctionKeys.LoadOrCreate(KeysPath);

        string[] all = [keys.Default, keys.Master];
        all.ShouldBeUnique();
        all.ShouldAllBe(key => Base64Url.DecodeFromChars(key).Length == 32);
        FunctionKeys.LoadOrCreate(_folder.File("other.json")).Default.ShouldNotBe(keys.Default);
    }

    [Fact]
    public void The_file_holds_the_keys_under_the_names_of_the_functions_host()
    {
        var keys = FunctionKeys.LoadOrCreate(KeysPath);

        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(KeysPath)).ShouldBe(
            new Dictionary<string, string> { ["default"] = keys.Default, ["_master"] = keys.Master },
            ignoreOrder: true);
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
        PrivateFile(text);

        Should.Throw<InvalidDataException>(() => FunctionKeys.LoadOrCreate(KeysPath)).Message.ShouldContain("Delete it to have new keys made");
    }

    [Fact]
    public async Task Processes_that_start_at_once_end_up_with_the_same_keys()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => FunctionKeys.LoadOrCreate(KeysPath).Master)));

        all.Distinct().ShouldHaveSingleItem();
    }

    public void Dispose() => _folder.Dispose();

    private void PrivateFile(string text) => Local.Host.PrivateFile.Create(KeysPath, text);
}
