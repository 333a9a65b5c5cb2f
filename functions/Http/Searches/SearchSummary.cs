using PelNas.Functions.Orchestrations;
using PelNas.Shared.Records;

namespace PelNas.Functions.Http.Searches;

/// <summary>A search as the list shows it.</summary>
/// <param name="Id">Run id.</param>
/// <param name="Dataset">Data set.</param>
/// <param name="Device">Device.</param>
/// <param name="Seed">Seed.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Proposer">Who proposes architectures; <c>offline</c> is a rule-based stand-in.</param>
/// <param name="StartedAt">UTC start.</param>
/// <param name="FinishedAt">UTC end; null while it runs.</param>
/// <param name="StopReason">Why it ended; null while it runs.</param>
/// <param name="MaxLabels">Label budget.</param>
/// <param name="Progress">How far it is; null before the first generation is done and once it has finished.</param>
public sealed record SearchSummary(
    string Id,
    string Dataset,
    string Device,
    int Seed,
    SearchStatus Status,
    string Proposer,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    string? StopReason,
    int MaxLabels,
    SearchProgress? Progress)
{
    internal static SearchSummary Of(RunRow row, SearchState state)
    {
        SearchRequest request = row.Request;
        return new SearchSummary(
            row.RunId, request.Dataset, request.Device, request.Seed, state.Status, row.Proposer, row.StartedAt, row.FinishedAt, row.StopReason, request.MaxLabels, state.Progress);
    }
}
