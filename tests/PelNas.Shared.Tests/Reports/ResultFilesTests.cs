namespace PelNas.Shared.Tests.Reports;

public sealed class ResultFilesTests : FolderTest
{
    private readonly SearchResult _result = SearchResultBuilder.Build(ReportSamples.Content(), ReportSamples.Quality);

    [Fact]
    public async Task The_three_files_are_written_into_a_folder_that_is_created()
    {
        string folder = Folder.File("new/out");
        await ResultFiles.WriteAsync(folder, _result, "<html></html>", Cancellation);
        (await File.ReadAllTextAsync(Path.Combine(folder, "result.json"), Cancellation)).ShouldBe(_result.ToJson());
        (await File.ReadAllTextAsync(Path.Combine(folder, "front.csv"), Cancellation))
            .ShouldBe(FrontCsv.Format(_result.Front, "validation"));
        (await File.ReadAllTextAsync(Path.Combine(folder, "report.html"), Cancellation)).ShouldBe("<html></html>");
        Directory.GetFileSystemEntries(folder).Length.ShouldBe(3);
        (await File.ReadAllBytesAsync(Path.Combine(folder, "result.json"), Cancellation))[0].ShouldBe((byte)'{', "no byte order mark");
    }

    [Fact]
    public async Task Writing_again_replaces_the_files_and_leaves_others_alone()
    {
        await File.WriteAllTextAsync(Folder.File("notes.txt"), "mine", Cancellation);
        await ResultFiles.WriteAsync(Folder.Path, _result, new string('x', 10_000), Cancellation);
        await ResultFiles.WriteAsync(Folder.Path, _result with { Seed = 2 }, "short", Cancellation);
        (await File.ReadAllTextAsync(Folder.File("report.html"), Cancellation)).ShouldBe("short");
        (await File.ReadAllTextAsync(Folder.File("result.json"), Cancellation)).ShouldContain("\"seed\": 2");
        (await File.ReadAllTextAsync(Folder.File("notes.txt"), Cancellation)).ShouldBe("mine");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_created_is_named()
    {
        await File.WriteAllTextAsync(Folder.File("file"), "", Cancellation);
        string folder = Folder.File("file/out");
        IOException refused =
            await Should.ThrowAsync<IOException>(() => ResultFiles.WriteAsync(folder, _result, "", Cancellation));
        refused.Message.ShouldContain($"Cannot write '{folder}'");
        refused.Message.ShouldContain("Choose another output folder");
    }

    [Fact]
    public async Task A_file_that_cannot_be_replaced_is_named_and_nothing_temporary_stays()
    {
        Directory.CreateDirectory(Folder.File("front.csv"));
        IOException refused =
            await Should.ThrowAsync<IOException>(() => ResultFiles.WriteAsync(Folder.Path, _result, "", Cancellation));
        refused.Message.ShouldContain(Folder.File("front.csv"));
        Directory.GetFiles(Folder.Path, "*.tmp").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_write_leaves_the_old_files_and_nothing_temporary()
    {
        await ResultFiles.WriteAsync(Folder.Path, _result, "old", Cancellation);
        await Should.ThrowAsync<OperationCanceledException>(
            () => ResultFiles.WriteAsync(Folder.Path, _result, "new", new CancellationToken(canceled: true)));
        (await File.ReadAllTextAsync(Folder.File("report.html"), Cancellation)).ShouldBe("old");
        Directory.GetFiles(Folder.Path).Length.ShouldBe(3);
    }
}
