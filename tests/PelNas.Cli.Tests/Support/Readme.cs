namespace PelNas.Cli.Tests.Support;

/// <summary>The README as its readers paste from it.</summary>
public static class Readme
{
    /// <summary>The first block of code after a text.</summary>
    public static string BlockAfter(string text)
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PelNas.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("There is no PelNas.sln above the tests.");
        }

        string all = File.ReadAllText(Path.Combine(folder.FullName, "README.md")).ReplaceLineEndings("\n");
        int from = all.IndexOf("\n```", all.IndexOf(text, StringComparison.Ordinal), StringComparison.Ordinal);
        int start = all.IndexOf('\n', from + 1) + 1;
        return all[start..(all.IndexOf("\n```", start, StringComparison.Ordinal) + 1)];
    }
}
