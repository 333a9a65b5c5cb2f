namespace PelNas.Functions.Tests.Orchestrations;

/// <summary>Files that the app cannot use: a clear error, and nothing of them changed.</summary>
public sealed class StartFaultTests : FolderTest
{
    private static readonly byte[] Damaged = [.. Enumerable.Range(0, 8192).Select(i => (byte)(i * 7))];

    [Fact]
    public async Task A_damaged_history_stops_the_start_and_is_left_as_it_is()
    {
        SearchAppSettings settings = new(Folder.Path);
        await File.WriteAllBytesAsync(settings.HistoryPath, Damaged, Cancellation);

        HistoryFileException fault = await Should.ThrowAsync<HistoryFileException>(() => SearchApp.StartAsync(settings));

        fault.Message.ShouldContain(settings.HistoryPath);
        fault.Message.ShouldContain("Move it away");
        (await File.ReadAllBytesAsync(settings.HistoryPath, Cancellation)).ShouldBe(Damaged);
        File.Exists(settings.StorePath).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_stops_the_start()
    {
        string file = Path.Combine(Folder.Path, "file");
        await File.WriteAllTextAsync(file, "", Cancellation);
        SearchAppSettings settings = new(Path.Combine(file, "data"));

        HistoryFileException fault = await Should.ThrowAsync<HistoryFileException>(() => SearchApp.StartAsync(settings));

        fault.Message.ShouldContain(settings.HistoryPath);
        Directory.GetFileSystemEntries(Folder.Path).ShouldBe([file]);
    }

    [Fact]
    public async Task A_damaged_store_stops_the_start_and_is_left_as_it_is()
    {
        SearchAppSettings settings = new(Folder.Path);
        await File.WriteAllBytesAsync(settings.StorePath, Damaged, Cancellation);

        StoreException fault = await Should.ThrowAsync<StoreException>(() => SearchApp.StartAsync(settings));

        fault.Message.ShouldContain(settings.StorePath);
        fault.Message.ShouldContain("Restore it from a backup");
        (await File.ReadAllBytesAsync(settings.StorePath, Cancellation)).ShouldBe(Damaged);
    }
}
