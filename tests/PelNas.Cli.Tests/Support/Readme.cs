namespace PelNas.Cli.Tests.Support;

/// <summary>The README and the walkthrough as their readers paste from them.</summary>
public static class Readme
{
    /// <summary>The first block of code after a text.</summary>
    public static string BlockAfter(string text, string file = "README.md")
    {
        string all = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file)).ReplaceLineEndings("\n");
        int from = all.IndexOf("\n```", all.IndexOf(text, StringComparison.Ordinal), StringComparison.Ordinal);
        int start = all.IndexOf('\n', from + 1) + 1;
        return all[start..(all.IndexOf("\n```", start, StringComparison.Ordinal) + 1)];
    }
}
