using System.Text.Json;

namespace PelNas.Cli.Commands;

/// <summary>What verbs have in common.</summary>
internal static class Verbs
{
    /// <summary>Adds arguments and options.</summary>
    public static void AddAll(this Command command, IEnumerable<Symbol> symbols)
    {
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Add(argument);
            }
            else
            {
                command.Add((Option)symbol);
            }
        }
    }

    /// <summary>The first of some options that the user gave, or null.</summary>
    public static Option? FirstGiven(this ParseResult parsed, params IEnumerable<Option> options)
        => options.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });

    /// <summary>The id of a run, as it was given.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static string RunId(string given) => RunIds.IsValid(given)
        ? given
        : throw new UsageException($"'{given}' is not a run id; they look like 20260131-235959-1a2b3c4d.");

    /// <summary>Writes a result to standard output: as JSON, or as people read it.</summary>
    public static void Write<T>(bool json, T value, Action view)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(value, PelNasJson.Indented));
        }
        else
        {
            view();
        }
    }
}
