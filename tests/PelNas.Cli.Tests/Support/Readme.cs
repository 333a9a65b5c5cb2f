namespace PelNas.Cli.Tests.Support;

/// <summary>The README as its readers paste from it.</summary>
public static class Readme
{
    /// <summary>The first block of code after a text.</summary>
    public static string BlockAfter(string text)
    {
        string all = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md")).ReplaceLineEndings("\n");
        int from = all.IndexOf("\n```", all.IndexOf(text, StringComparison.Ordinal), StringComparison.Ordinal);
        int start = all.IndexOf('\n', from + 1) + 1;
        return all[start..(all.IndexOf("\n```", start, StringComparison.Ordinal) + 1)];
    }
}
