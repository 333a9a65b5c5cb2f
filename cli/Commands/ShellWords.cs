using System.CommandLine.Parsing;

namespace PelNas.Cli.Commands;

/// <summary>Command lines to be copied from the terminal.</summary>
internal static class ShellWords
{
    private const string Harmless = "-_./:=@%+,";

    /// <summary>Those of some options that were given, as they were, each after a blank.</summary>
    public static string Repeat(ParseResult parsed, IEnumerable<Option> options)
        => string.Concat(options.Select(parsed.GetResult).OfType<OptionResult>().Where(result => !result.Implicit).Select(
            result => $" {result.Option.Name}{string.Concat(result.Tokens.Select(token => " " + Quote(token.Value)))}"));

    private static string Quote(string word)
        => word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || Harmless.Contains(letter))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
