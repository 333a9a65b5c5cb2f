using System.Text.Json.Serialization;
using PelNas.Shared.Partitioning;

namespace PelNas.Shared.Records;

/// <summary>One search: what was asked, how it was planned and how it ended. Table <c>Runs</c>.</summary>
public sealed record RunRow
{
    /// <summary>
    /// Id of the run and of its orchestration instance. Starts with the UTC start, <c>yyyyMMdd-HHmmss-</c>, so that ids sort by time.
    /// </summary>
    public required string RunId { get; init; }

    /// <summary>The request as accepted.</summary>
    public required SearchRequest Request { get; init; }

    /// <summary>Partitions of the plan, by id.</summary>
    public required IReadOnlyList<PartitionPlan> Partitions { get; init; }

    /// <summary>
    /// Which proposer answers, for example <c>offline</c> or <c>azure-openai/gpt-4.1-mini</c>. Shown wherever a result is shown.
    /// </summary>
    public required string Proposer { get; init; }

    /// <summary>Which predictor scores, for example <c>gaussian-process on paths</c>.</summary>
    public required string Predictor { get; init; }

    /// <summary>Version of the uploaded latency table that the run was planned with, or null for one that ships.</summary>
    public string? DeviceTable { get; init; }

    /// <summary>
    /// Version of the latency table that its last front was drawn again with once latencies of it were measured; null where they were not.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? VerifiedTable { get; init; }

    /// <summary>UTC start.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>UTC end, or null while the search runs.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>
    /// Why the search ended: <c>generations</c>, <c>labels</c>, <c>llm-calls</c>, <c>usd</c> or <c>exhausted</c>. Null while it runs.
    /// </summary>
    public string? StopReason { get; init; }

    /// <summary>Labels it paid for; null while it runs.</summary>
    public int? Labels { get; init; }

    /// <summary>Hypervolume of its last front, normalised; null while it runs and where there is none.</summary>
    public double? Hypervolume { get; init; }

    /// <summary>The price that the proposer's tokens are charged by; null where it is not known.</summary>
    public ModelPrice? Price { get; init; }

    /// <summary>
    /// What the run has spent by the rows of its partitions; null while it runs and where it made no call that is charged.
    /// </summary>
    public ChatUsage? Spent { get; init; }

    /// <summary>The part of <see cref="Spent"/> that is charged at the most it can be, as <see cref="SpendingRow.Unconfirmed"/>.</summary>
    public ChatUsage? Unconfirmed { get; init; }

    /// <summary>A usage as it may be shown for this run: without a price there are no dollars, not even 0 where no call was made.</summary>
    public ChatUsage Priced(ChatUsage usage) => Price is null ? usage with { Usd = null } : usage;
}

/// <summary>The store has no run of this id.</summary>
public sealed class RunNotFoundException(string runId)
    : Exception($"There is no run '{runId}'. Check its id, and that the store is the one it was started with.");
