
namespace PelNas.Shared.Records;

/// <summary>
/// One sweep, or one that was skipped: what was asked, which searches it ran and what came of them. Table <c>Sweeps</c>, key id.
/// </summary>
public sealed record SweepRow
{
    /// <summary>Id of the sweep and of its orchestration instance, see <see cref="SweepIds"/>.</summary>
    public required string SweepId { get; init; }

    /// <summary>The request as accepted.</summary>
    public required SweepRequest Request { get; init; }

    /// <summary>The night it was due, UTC; null when somebody started it.</summary>
    public DateOnly? Night { get; init; }

    /// <summary>Whether it made up for a night that the schedule had missed.</summary>
    public bool IsLate { get; init; }

    /// <summary>UTC start; of one that was skipped, when that was decided.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>UTC end; null while the sweep runs, and for one that was skipped.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why the sweep did not run, in one sentence; null when it did.</summary>
    public string? SkippedBecause { get; init; }

    /// <summary>Its searches; empty until it has ended.</summary>
    public IReadOnlyList<SweepSearch> Searches { get; init; } = [];

    /// <summary>What came of each context with at least one finished search; empty until the sweep has ended.</summary>
    public IReadOnlyList<SweepContext> Contexts { get; init; } = [];
}

/// <summary>One search of a sweep.</summary>
/// <param name="Failure">Why it failed, shortened; null when it did not. Untrusted text.</param>
public sealed record SweepSearch(string Dataset, string Device, int Seed, string RunId, string? Failure);

/// <summary>What a sweep found in one context, over all its seeds.</summary>
public sealed record SweepContext
{
    /// <summary>Data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>Device.</summary>
    public required string Device { get; init; }

    /// <summary>Version of the uploaded latency table; null when the device's table ships with the product.</summary>
    public string? DeviceTable { get; init; }

    /// <summary>Digest of the accuracies and latencies that it was searched and judged on.</summary>
    public string Tables { get; init; } = "";

    /// <summary>Who proposed, as <see cref="RunRow.Proposer"/>.</summary>
    public string Proposer { get; init; } = "";

    /// <summary>Hypervolume of the joined front, normalised as the metrics are.</summary>
    public required double Hypervolume { get; init; }

    /// <summary>Architectures on the joined front, by index.</summary>
    public required IReadOnlyList<int> Front { get; init; }

    /// <summary>The comparison with the last sweep of this context that was like this one; null when there was none.</summary>
    public SweepComparison? Comparison { get; init; }

    /// <summary>
    /// What the last sweep of this context did otherwise, where there is no comparison with any; null where there is one or no earlier
    /// sweep.
    /// </summary>
    public string? NotComparedBecause { get; init; }
}

/// <summary>How a context fared against the last finished sweep that searched it.</summary>
/// <param name="HypervolumeChange">Hypervolume now less hypervolume then; over 0 is better.</param>
/// <param name="PointsGained">Architectures on the front now that were not then.</param>
/// <param name="PointsLost">Architectures on the front then that are not now.</param>
public sealed record SweepComparison(string PreviousSweepId, double HypervolumeChange, int PointsGained, int PointsLost);

/// <summary>A page of sweeps.</summary>
/// <param name="Sweeps">The sweeps, by id, the latest date first.</param>
/// <param name="Continuation">Token for the next page, or null at the end.</param>
public sealed record SweepPage(IReadOnlyList<SweepRow> Sweeps, string? Continuation);
