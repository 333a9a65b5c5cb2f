using System.Diagnostics;

namespace PelNas.Shared.Tests.Common;

public sealed class PendingFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pelnas-file-");

    [Fact]
    public async Task A_reader_finds_the_old_file_until_the_new_one_is_whole()
    {
        await File.WriteAllTextAsync(In("a.txt"), "old", Cancellation);
        await using (PendingFile file = PendingFile.Open(In("a.txt")))
        {
            await file.Content.WriteAsync("new"u8.ToArray(), Cancellation);
            await file.FlushAsync(Cancellation);
            (await File.ReadAllTextAsync(In("a.txt"), Cancellation)).ShouldBe("old");
            file.Publish();
        }

        (await File.ReadAllTextAsync(In("a.txt"), Cancellation)).ShouldBe("new");
        await using (PendingFile abandoned = PendingFile.Open(In("a.txt")))
        {
            await abandoned.Content.WriteAsync("half"u8.ToArray(), Cancellation);
        }

        (await File.ReadAllTextAsync(In("a.txt"), Cancellation)).ShouldBe("new");
        _folder.GetFiles().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_a_link_the_target_is_written_whether_it_is_there_or_not(bool isThere)
    {
        Directory.CreateDirectory(In("below"));
        if (isThere)
        {
            await File.WriteAllTextAsync(In("below/target.txt"), "old", Cancellation);
        }

        File.CreateSymbolicLink(In("link.txt"), "below/target.txt");

        await WriteAsync(In("link.txt"), "new");

        new FileInfo(In("link.txt")).LinkTarget.ShouldBe("below/target.txt");
        new FileInfo(In("below/target.txt")).LinkTarget.ShouldBeNull();
        (await File.ReadAllTextAsync(In("below/target.txt"), Cancellation)).ShouldBe("new");
    }

    [Theory]
    [InlineData(".", "is a folder; give a file.")]
    [InlineData("nowhere/a.txt", "There is no folder '")]
    public void A_place_where_no_file_can_be_is_told_by_its_own_name(string name, string problem)
    {
        string path = In(name);

        string message = Should.Throw<IOException>(() => PendingFile.Open(path)).Message;

        message.ShouldContain(problem);
        message.ShouldContain($"'{path}'");
        message.ShouldNotContain(".tmp");
    }

    [Fact]
    public async Task A_pipe_is_written_and_stays_a_pipe()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "mkfifo is requested.");
        using Process mkfifo = Process.Start("mkfifo", [In("pipe")]);
        await mkfifo.WaitForExitAsync(Cancellation);
        Task<string> read = Task.Run(() => File.ReadAllText(In("pipe")), Cancellation);

        await WriteAsync(In("pipe"), "through");

        (await read).ShouldBe("through");
        PendingFile.IsPlain(In("pipe")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_device_is_written_and_its_refusal_is_told()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");

        await Should.ThrowAsync<IOException>(() => WriteAsync("/dev/full", "too much"));

        PendingFile.IsPlain("/dev/full").ShouldBeFalse();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task WriteAsync(string path, string text)
    {
        await using PendingFile file = PendingFile.Open(path);
        await file.Content.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), Cancellation);
        await file.FlushAsync(Cancellation);
        file.Publish();
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
