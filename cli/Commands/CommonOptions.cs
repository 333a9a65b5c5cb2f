using System.CommandLine.Parsing;
using PelNas.Cli.Hosting;
using PelNas.Local.Host;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Cli.Commands;

/// <summary>Options and arguments, of the kinds that verbs have, and those that several share.</summary>
internal static class CommonOptions
{
    public static Option<string> Data()
        => Text("--data", "Folder of the embedded store and the orchestration histories", "DIR", new LocalHostOptions().DataDirectory);

    public static Option<string> Tables()
    {
        Option<string> option = Text("--tables", "Folder of the benchmark tables (default: those that ship)", "DIR", "");
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { Length: > 0 } folder && !Directory.Exists(folder))
            {
                result.AddError($"--tables: there is no folder '{folder}'.");
            }
        });
        return option;
    }

    public static Option<string?> Store()
    {
        Option<string?> option = Text(
            "--store",
            "Storage account that keeps the results: the address of its table service, or UseDevelopmentStorage=true for the emulator "
                + "(default: the environment's PelNas__Storage__ settings, otherwise a file in the data folder)",
            "ACCOUNT");
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } value && StoreAddress.AccountProblem(value) is { } problem)
            {
                result.AddError($"--store: {problem}");
            }
        });
        return option;
    }

    public static Option<bool> Json() => Flag("--json", "Print the result as JSON on stdout; progress goes to stderr");

    /// <summary>Images to train on.</summary>
    public static Option<string> Images() => Required(
        "--images", "Folder of images: idx files (MNIST family), CIFAR's binary files, or a folder of images for each class", "DIR");

    /// <summary>The data set whose image size and classes are known.</summary>
    public static Option<string> Dataset(string description) => Choice("--dataset", description, DatasetShape.Known, DatasetShape.Known[0]);

    /// <summary>A text that may be left out.</summary>
    public static Option<string?> Text(string name, string description, string helpName)
        => new(name) { Description = description, HelpName = helpName };

    /// <summary>A text with a default.</summary>
    public static Option<string> Text(string name, string description, string helpName, string fallback)
        => new(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => fallback };

    /// <summary>A text that has to be given.</summary>
    public static Option<string> Required(string name, string description, string helpName)
        => new(name) { Description = description, HelpName = helpName, Required = true };

    /// <summary>An option that takes no value.</summary>
    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    /// <summary>One of some names, in any case.</summary>
    public static Option<string> Choice(string name, string description, IReadOnlyList<string> names, string fallback) => new(name)
    {
        Description = description,
        HelpName = "NAME",
        DefaultValueFactory = _ => fallback,
        CustomParser = result => OneOf(result, name, names),
    };

    /// <summary>An architecture of NAS-Bench-201, by index or notation; its value is the index.</summary>
    public static Argument<int> Cell() => new("CELL")
    {
        Description = "Index of the cell, or the cell in quotes: '|op~0|+|op~0|op~1|+|op~0|op~1|op~2|'",
        CustomParser = result =>
        {
            if (!CellText.TryRead(NasBench201.Instance, result.Tokens[0].Value, out int index, out string? error))
            {
                result.AddError($"CELL: {error}");
            }

            return index;
        },
    };

    /// <summary>The one of some names that was given, in any case; an error of the command line where it is none.</summary>
    public static string OneOf(ArgumentResult result, string symbol, IReadOnlyList<string> names, string otherwise = "")
    {
        string given = result.Tokens[0].Value.ToLowerInvariant();
        if (!names.Contains(given))
        {
            result.AddError($"{symbol}: {NearMiss.Unknown(given, names)}{otherwise}.");
        }

        return given;
    }
}
