using PelNas.Shared.Reports;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Reports;

public sealed class ResultFilesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SearchResult _result = SearchResultBuilder.Build(ReportSamples.Content(), ReportSamples.Quality);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_three_files_are_written_into_a_folder_that_is_created()
    {
        string folder = _directory.File("new/out");
        await ResultFiles.WriteAsync(folder, _result, "<html></html>", Token);
        (await File.ReadAllTextAsync(Path.Combine(folder, "result.json"), Token)).ShouldBe(_result.ToJson());
        (await File.ReadAllTextAsync(Path.Combine(folder, "front.csv"), Token)).ShouldBe(FrontCsv.Format(_result.Front, "validation"));
        (await File.ReadAllTextAsync(Path.Combine(folder, "report.html"), Token)).ShouldBe("<html></html>");
        Directory.GetFileSystemEntries(folder).Length.ShouldBe(3);
        (await File.ReadAllBytesAsync(Path.Combine(folder, "result.json"), Token))[0].ShouldBe((byte)'{', "no byte order mark");
    }

    [Fact]
    public async Task Writing_again_replaces_the_files_and_leaves_others_alone()
    {
        await File.WriteAllTextAsync(_directory.File("notes.txt"), "mine", Token);
        await ResultFiles.WriteAsync(_directory.FullPath, _result, new string('x', 10_000), Token);
        await ResultFiles.WriteAsync(_directory.FullPath, _result with { Seed = 2 }, "short", Token);
        (await File.ReadAllTextAsync(_directory.File("report.html"), Token)).ShouldBe("short");
        (await File.ReadAllTextAsync(_directory.File("result.json"), Token)).ShouldContain("\"seed\": 2");
        (await File.ReadAllTextAsync(_directory.File("notes.txt"), Token)).ShouldBe("mine");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_created_is_named()
    {
        await File.WriteAllTextAsync(_directory.File("file"), "", Token);
        string folder = _directory.File("file/out");
        ResultFileException refused = await Should.ThrowAsync<ResultFileException>(() => ResultFiles.WriteAsync(folder, _result, "", Token));
        refused.Path.ShouldBe(folder);
        refused.Message.ShouldContain($"Cannot write '{folder}'");
        refused.Message.ShouldContain("Choose another output folder");
    }

    [Fact]
    public async Task A_file_that_cannot_be_replaced_is_named_and_nothing_temporary_stays()
    {
        Directory.CreateDirectory(_directory.File("front.csv"));
        ResultFileException refused = await Should.ThrowAsync<ResultFileException>(() => ResultFiles.WriteAsync(_directory.FullPath, _result, "", Token));
        refused.Path.ShouldBe(_directory.File("front.csv"));
        Directory.GetFiles(_directory.FullPath, "*.tmp").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_write_leaves_the_old_files_and_nothing_temporary()
    {
        await ResultFiles.WriteAsync(_directory.FullPath, _result, "old", Token);
        await Should.ThrowAsync<OperationCanceledException>(() => ResultFiles.WriteAsync(_directory.FullPath, _result, "new", new CancellationToken(canceled: true)));
        (await File.ReadAllTextAsync(_directory.File("report.html"), Token)).ShouldBe("old");
        Directory.GetFiles(_directory.FullPath).Length.ShouldBe(3);
    }
}
