using PelNas.Shared.Predictor.Priors;

namespace PelNas.Cli.Commands;

/// <summary>The option <c>--prior</c>.</summary>
internal static class PriorOption
{
    public static Option<string?> Create(string when) => CommonOptions.Text(
        "--prior",
        $"What a search believes {when}: {string.Join(", ", PriorSources.Names)}, or a CSV file with index or architecture, and accuracy "
            + "(default: llm with a language model as proposer, else none)",
        "SOURCE");

    /// <summary>A file by its whole path, since the search may be resumed from another folder.</summary>
    public static string? Read(string? prior)
    {
        string? source = PriorSources.Normalize(prior);
        return source is not null && PriorSources.IsFile(source) && File.Exists(source) ? Path.GetFullPath(source) : source;
    }
}
