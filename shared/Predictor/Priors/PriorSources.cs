namespace PelNas.Shared.Predictor.Priors;

/// <summary>
/// Where a search's prior comes from, as named in requests; anything else is the path of a file (<see cref="PriorFile"/>).
/// </summary>
public static class PriorSources
{
    /// <summary>No prior.</summary>
    public const string None = "none";

    /// <summary>The proposer is asked.</summary>
    public const string Llm = "llm";

    /// <summary>Labels that earlier searches paid for on other data sets.</summary>
    public const string Transfer = "transfer";

    /// <summary>What results call a prior from a file.</summary>
    public const string File = "file";

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [None, Llm, Transfer];

    /// <summary>One of the names, however its letters are written, as it stands there; a path as it is.</summary>
    public static string? Normalize(string? prior)
        => Names.FirstOrDefault(name => name.Equals(prior, StringComparison.OrdinalIgnoreCase)) ?? prior;

    /// <summary>Whether a request's prior is a file.</summary>
    public static bool IsFile(string? prior) => prior is not null && !Names.Contains(prior);
}
