using Microsoft.Extensions.Logging.Abstractions;
using PelNas.Cli.Hosting;

namespace PelNas.Cli.Tests.Hosting;

public sealed class PlainConsoleFormatterTests
{
    // Else a line of the log goes on in the line that says what a search waits for.
    [Theory]
    [InlineData(true, "\r\e[Kwarn: slow and late\n")]
    [InlineData(false, "warn: slow and late\n")]
    public void A_line_has_a_line_of_its_own_on_a_terminal_and_no_codes_elsewhere(bool isTerminal, string expected)
    {
        using StringWriter output = new() { NewLine = "\n" };
        LogEntry<string> entry = new(LogLevel.Warning, "PelNas.Any.Class", new EventId(7), "slow\nand late", null, (state, _) => state);

        new PlainConsoleFormatter(isTerminal).Write(entry, scopeProvider: null, output);

        output.ToString().ShouldBe(expected);
    }
}
