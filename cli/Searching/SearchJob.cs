using PelNas.Shared.Records;


namespace PelNas.Cli.Searching;

/// <summary>What <c>pelnas search</c> was asked to do.</summary>
/// <param name="Request">A new search, or null to resume.</param>
/// <param name="Resume">The run to resume, or null.</param>
/// <param name="DataDirectory">Folder of store and histories.</param>
/// <param name="TablesDirectory">Folder of the benchmark tables; empty for those that ship.</param>
/// <param name="Output">Folder for the result, or null for runs/RUN.</param>
/// <param name="Json">Whether the result goes to stdout as JSON.</param>
/// <param name="Settings">Settings that win over those of the environment.</param>
/// <param name="Store">Address of the storage account with the results, or null for what the environment says.</param>
/// <param name="VerifyFront">Whether the front's predicted latencies are measured at the end.</param>
internal sealed record SearchJob(
    SearchRequest? Request,
    string? Resume,
    string DataDirectory,
    string TablesDirectory,
    string? Output,
    bool Json,
    IReadOnlyDictionary<string, string?> Settings,
    string? Store,
    bool VerifyFront = false);
