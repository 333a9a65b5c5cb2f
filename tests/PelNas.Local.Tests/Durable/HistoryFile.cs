namespace PelNas.Local.Tests.Durable;

/// <summary>The path of a history file in a folder of its own, which is removed afterwards.</summary>
internal sealed class HistoryFile : IDisposable
{
    public HistoryFile()
    {
        Folder = Directory.CreateTempSubdirectory("pelnas-history-").FullName;
        Path = System.IO.Path.Combine(Folder, "history.db");
    }

    public string Folder { get; }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
