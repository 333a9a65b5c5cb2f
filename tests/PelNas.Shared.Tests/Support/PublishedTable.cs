using System.IO.Compression;

namespace PelNas.Shared.Tests.Support;

/// <summary>Reads a shipped table in the plainest way, so that tests do not check a reader against itself.</summary>
internal static class PublishedTable
{
    public static string[][] Rows(string file)
    {
        using GZipStream stream = new(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "data", file)), CompressionMode.Decompress);
        using StreamReader reader = new(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))];
    }
}
