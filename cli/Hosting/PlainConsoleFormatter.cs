using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace PelNas.Cli.Hosting;

/// <summary>
/// Writes log lines as a user of the program reads them, <c>warn: message</c>: which class wrote them says nothing to him.
/// </summary>
/// <param name="isTerminal">Whether a terminal shows them, and before them what a search waits for.</param>
internal sealed class PlainConsoleFormatter(bool isTerminal) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "plain";

    /// <summary>For standard error.</summary>
    public PlainConsoleFormatter()
        : this(!Console.IsErrorRedirected)
    {
    }

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string level = logEntry.LogLevel switch
        {
            LogLevel.Critical or LogLevel.Error => "fail",
            LogLevel.Warning => "warn",
            LogLevel.Information => "info",
            _ => "debug",
        };
        if (isTerminal)
        {
            textWriter.Write(Terminal.EraseLine);
        }

        textWriter.WriteLine($"{level}: {logEntry.Formatter(logEntry.State, logEntry.Exception).ReplaceLineEndings(" ")}");

        // A fault of the program, for which the place matters.
        if (logEntry.Exception is { } exception)
        {
            textWriter.WriteLine(exception);
        }
    }
}
