using System.CommandLine.Parsing;
using Microsoft.Extensions.Options;
using PelNas.Cli.Commands;
using PelNas.Shared.Llm.Providers;

namespace PelNas.Cli;

/// <summary>
/// Runs a command line by the contract of all verbs: 0 done, 1 failed, 2 bad usage, 130 interrupted, errors on stderr in one line.
/// </summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        using Interruption interruption = new();
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count + parsed.UnmatchedTokens.Count > 0)
        {
            string problem = parsed.UnmatchedTokens is [string token, ..]
                ? $"'{token}' is no command or option{NearMiss.Hint(token, NamesOf(parsed))}."
                : parsed.CommandResult.Command is { Action: null, Subcommands: var verbs }
                ? $"give one of the commands {string.Join(", ", verbs.Select(verb => verb.Name))}."
                : parsed.Errors[0].Message;
            return Fail(ExitCode.BadUsage, $"{OneLine(problem)} See '{HelpFor(parsed)}'.");
        }

        // Such as the quoted variable of a shell that is not set, which a verb would take for a name or a path.
        if (parsed.CommandResult.Children.FirstOrDefault(
            part => part.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value))) is { } empty)
        {
            string name = empty is OptionResult option ? option.Option.Name : ((ArgumentResult)empty).Argument.Name;
            return Fail(ExitCode.BadUsage, $"{name} is empty; give a value. See '{HelpFor(parsed)}'.");
        }

        try
        {
            return await InvokeAsync(parsed, interruption);
        }
        catch (Exception exception) when (interruption.Token.IsCancellationRequested && IsCancellation(exception))
        {
            return Interruption.Tell();
        }
        catch (UsageException exception)
        {
            return Fail(ExitCode.BadUsage, $"{OneLine(exception.Message)} See '{HelpFor(parsed)}'.");
        }
        catch (OptionsValidationException exception)
        {
            string problems = string.Join("; ", exception.Failures.Select(ProposerOptions.NameOption)).TrimEnd('.');
            string page = exception.OptionsType == typeof(ChatProviderOptions) ? "providers" : "configuration";
            return Fail(ExitCode.BadUsage, $"{OneLine(problems)}. See docs/{page}.md.");
        }
        catch (Exception exception) when (Failures.Explain(exception) is { } explanation)
        {
            return Fail(ExitCode.Failed, OneLine(explanation));
        }
    }

    private static async Task<int> InvokeAsync(ParseResult parsed, Interruption interruption)
    {
        InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        Task<int> verb = Task.Run(() => parsed.InvokeAsync(configuration, interruption.Token));

        // A verb that does not listen ends with the program.
        return await Task.WhenAny(verb, interruption.Over) == verb ? await verb : Interruption.Tell();
    }

    private static int Fail(int exitCode, string message)
    {
        Console.Error.WriteLine($"pelnas: {message}");
        return exitCode;
    }

    private static IEnumerable<string> NamesOf(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        return command.Options.Select(option => option.Name).Concat(command.Subcommands.Select(verb => verb.Name));
    }

    private static bool IsCancellation(Exception? exception)
        => exception is OperationCanceledException || (exception is not null && IsCancellation(exception.InnerException));

    private static string HelpFor(ParseResult parsed)
    {
        // From the verb up to the program, whose own name is that of its file.
        string verbs = "";
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult { Command: not RootCommand } verb; result = result.Parent)
        {
            verbs = $"{verb.Command.Name} {verbs}";
        }

        return $"pelnas {verbs}--help";
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").Trim();
}

/// <summary>What the process returns.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int BadUsage = 2;

    /// <summary>Stopped by Ctrl-C or SIGTERM: 128 + SIGINT, as shells expect.</summary>
    public const int Interrupted = 130;
}
