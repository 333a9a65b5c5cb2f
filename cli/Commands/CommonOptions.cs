using PelNas.Cli.Hosting;
using PelNas.Local.Host;

namespace PelNas.Cli.Commands;

/// <summary>Options that several verbs share.</summary>
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
        Option<string?> option = new("--store")
        {
            Description =
                "Storage account that keeps the results: the address of its table service, or UseDevelopmentStorage=true for the emulator "
                    + "(default: the environment's PelNas__Storage__ settings, otherwise a file in the data folder)",
            HelpName = "ACCOUNT",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } value && StoreAddress.AccountProblem(value) is { } problem)
            {
                result.AddError($"--store: {problem}");
            }
        });
        return option;
    }

    /// <summary>A text with a default.</summary>
    public static Option<string> Text(string name, string description, string helpName, string fallback)
        => new(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => fallback };

    /// <summary>The data set that <c>--dataset</c> names in any case, whose image size and classes are known.</summary>
    /// <param name="name">What was given.</param>
    /// <param name="otherwise">What to do for another data set.</param>
    public static string KnownDataset(string name, string otherwise = "")
    {
        string dataset = name.ToLowerInvariant();
        return DatasetShape.Known.Contains(dataset)
            ? dataset
            : throw new UsageException($"--dataset: {NearMiss.Unknown(dataset, DatasetShape.Known)}{otherwise}.");
    }

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON on stdout; progress goes to stderr" };
}
