using Spectre.Console;

namespace PelNas.Cli;

/// <summary>Standard output for tables.</summary>
internal static class Terminal
{
    /// <summary>What stands for standard input or output instead of a file.</summary>
    public const string StandardStream = "-";

    /// <summary>Erases the line that the cursor is in, for the next to take its place.</summary>
    public const string EraseLine = "\r\e[K";

    // Wider than any table here: a row that is broken into cells of a few letters can be neither read nor piped.
    private const int Width = 240;

    /// <summary>
    /// Columns of the terminal that standard output, or standard error, is; null where it is a file or a pipe, or does not tell.
    /// </summary>
    public static int? Columns(bool ofErrors = false)
        => !(ofErrors ? Console.IsErrorRedirected : Console.IsOutputRedirected) && Console.WindowWidth is > 1 and var columns
            ? columns
            : null;

    /// <summary>A console that leaves the breaking of long lines to the terminal.</summary>
    public static IAnsiConsole Output() => OfWidth(null);

    /// <summary>A console for sentences: it breaks them between words where the terminal ends.</summary>
    public static IAnsiConsole Prose() => OfWidth(Columns());

    private static IAnsiConsole OfWidth(int? columns)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings());
        console.Profile.Width = columns ?? Math.Max(console.Profile.Width, Width);
        return console;
    }
}
