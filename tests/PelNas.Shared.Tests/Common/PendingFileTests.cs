using System.Diagnostics;

namespace PelNas.Shared.Tests.Common;

public sealed class PendingFileTests : FolderTest
{
    [Fact]
    public async Task A_reader_finds_the_old_file_until_the_new_one_is_whole()
    {
        await File.WriteAllTextAsync(Folder.File("a.txt"), "old", Cancellation);
        await using (PendingFile file = PendingFile.Open(Folder.File("a.txt")))
        {
            await file.Content.WriteAsync("new"u8.ToArray(), Cancellation);
            await file.FlushAsync(Cancellation);
            (await File.ReadAllTextAsync(Folder.File("a.txt"), Cancellation)).ShouldBe("old");
            file.Publish();
        }

        (await File.ReadAllTextAsync(Folder.File("a.txt"), Cancellation)).ShouldBe("new");
        await using (PendingFile abandoned = PendingFile.Open(Folder.File("a.txt")))
        {
            await abandoned.Content.WriteAsync("half"u8.ToArray(), Cancellation);
        }

        (await File.ReadAllTextAsync(Folder.File("a.txt"), Cancellation)).ShouldBe("new");
        Directory.GetFiles(Folder.Path).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_a_link_the_target_is_written_whether_it_is_there_or_not(bool isThere)
    {
        Directory.CreateDirectory(Folder.File("below"));
        if (isThere)
        {
            await File.WriteAllTextAsync(Folder.File("below/target.txt"), "old", Cancellation);
        }

        File.CreateSymbolicLink(Folder.File("link.txt"), "below/target.txt");

        await WriteAsync(Folder.File("link.txt"), "new");

        new FileInfo(Folder.File("link.txt")).LinkTarget.ShouldBe("below/target.txt");
        new FileInfo(Folder.File("below/target.txt")).LinkTarget.ShouldBeNull();
        (await File.ReadAllTextAsync(Folder.File("below/target.txt"), Cancellation)).ShouldBe("new");
    }

    [Theory]
    [InlineData(".", "is a folder; give a file.")]
    [InlineData("nowhere/a.txt", "There is no folder '")]
    public void A_place_where_no_file_can_be_is_told_by_its_own_name(string name, string problem)
    {
        string path = Folder.File(name);

        string message = Should.Throw<IOException>(() => PendingFile.Open(path)).Message;

        message.ShouldContain(problem);
        message.ShouldContain($"'{path}'");
        message.ShouldNotContain(".tmp");
    }

    [Fact]
    public async Task A_pipe_is_written_and_stays_a_pipe()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "mkfifo is requested.");
        using Process mkfifo = Process.Start("mkfifo", [Folder.File("pipe")]);
        await mkfifo.WaitForExitAsync(Cancellation);
        Task<string> read = Task.Run(() => File.ReadAllText(Folder.File("pipe")), Cancellation);

        await WriteAsync(Folder.File("pipe"), "through");

        (await read).ShouldBe("through");
        PendingFile.IsPlain(Folder.File("pipe")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_device_is_written_and_its_refusal_is_told()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");

        await Should.ThrowAsync<IOException>(() => WriteAsync("/dev/full", "too much"));

        PendingFile.IsPlain("/dev/full").ShouldBeFalse();
    }

    private static async Task WriteAsync(string path, string text)
    {
        await using PendingFile file = PendingFile.Open(path);
        await file.Content.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), Cancellation);
        await file.FlushAsync(Cancellation);
        file.Publish();
    }
}
