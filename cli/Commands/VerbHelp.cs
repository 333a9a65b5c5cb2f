using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;

namespace PelNas.Cli.Commands;

/// <summary>
/// The help of a verb. Its description begins with a sentence, which is all that a list of verbs shows, and goes on after an empty line.
/// Lines end where the terminal ends and not where the source's do, except for those that begin with a blank: examples.
/// </summary>
internal sealed partial class VerbHelp(HelpAction standard) : SynchronousCommandLineAction
{
    /// <summary>Whoever asks for help need not give what the verb needs.</summary>
    public override bool ClearsParseErrors => true;

    /// <summary>Gives all verbs of a program such help.</summary>
    public static RootCommand Of(RootCommand program)
    {
        HelpOption help = program.Options.OfType<HelpOption>().Single();
        help.Action = new VerbHelp((HelpAction)help.Action!);
        return program;
    }

    public override int Invoke(ParseResult parsed)
    {
        Command shown = parsed.CommandResult.Command;
        shown.Description = Joined(shown);
        foreach (Command verb in shown.Subcommands)
        {
            verb.Description = Joined(verb).Split('\n')[0];
        }

        return standard.Invoke(parsed);
    }

    private static string Joined(Command verb) => EndOfLine().Replace(verb.Description ?? "", " ");

    [GeneratedRegex(@"(?<=\S)\n(?=\S)")]
    private static partial Regex EndOfLine();
}
