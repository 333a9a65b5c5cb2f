namespace PelNas.Cli.Searching;

/// <summary>What <c>pelnas search</c> was asked to do.</summary>
/// <param name="Request">A new search, or null to resume.</param>
/// <param name="Resume">The run to resume, or null.</param>
/// <param name="DataDirectory">Folder of store and histories.</param>
/// <param name="TablesDirectory">Folder of the benchmark tables; empty for those that ship.</param>
/// <param name="Output">Folder for the result, or null for that of the run to resume, else runs/RUN.</param>
/// <param name="Overwrite">Whether the folder may hold the result of another run.</param>
/// <param name="Json">Whether the result goes to stdout as JSON.</param>
/// <param name="Settings">Settings that win over those of the environment.</param>
/// <param name="Trainer">The command that trains for labels and how many of it run at once.</param>
/// <param name="Store">Address of the storage account with the results, or null for what the environment says.</param>
/// <param name="Counterfactual">Whether the result is to say what the search would have come to without its proposer.</param>
/// <param name="Again">Options with which the run can be resumed, each after a blank.</param>
/// <param name="VerifyFront">Whether the front's predicted latencies are measured at the end.</param>
internal sealed record SearchJob(
    SearchRequest? Request,
    string? Resume,
    string DataDirectory,
    string TablesDirectory,
    string? Output,
    bool Overwrite,
    bool Json,
    IReadOnlyDictionary<string, string?> Settings,
    string? Store,
    bool Counterfactual,
    string Again,
    (string? Command, int Parallel) Trainer = default,
    bool VerifyFront = false);
