namespace PelNas.Shared.Tests.Support;

/// <summary>Reads a shipped table in the plainest way, so that tests do not check a reader against itself.</summary>
internal static class ShippedTable
{
    public static string DirectoryPath { get; } = Path.Combine(AppContext.BaseDirectory, "data");

    public static string PathOf(string file) => Path.Combine(DirectoryPath, file);

    /// <summary>The fields of each row, without the header.</summary>
    public static string[][] Rows(string file)
    {
        using FileStream raw = File.OpenRead(PathOf(file));
        using Stream stream = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        using StreamReader reader = new(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))];
    }
}
