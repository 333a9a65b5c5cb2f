namespace PelNas.Cli.Searching;

/// <summary>The folder that a result goes to, tried before the search rather than after it.</summary>
internal static class OutputFolder
{
    /// <summary>Creates the folder and proves that files can be written into it.</summary>
    /// <exception cref="UsageException">They cannot.</exception>
    public static void EnsureWritable(string folder)
    {
        string probe = Path.Combine(folder, $".{Path.GetRandomFileName()}");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new UsageException($"--output: nothing can be written to '{folder}' ({exception.Message.TrimEnd('.')}); give a folder that you may write to.");
        }
    }
}
