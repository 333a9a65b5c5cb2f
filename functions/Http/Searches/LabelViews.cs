using PelNas.Shared.SearchSpaces;

namespace PelNas.Functions.Http.Searches;

/// <summary>Labels that a search has asked for.</summary>
/// <param name="Labels">The labels, the earliest first.</param>
public sealed record LabelList(string Id, IReadOnlyList<LabelView> Labels);

/// <summary>A label that a search has asked for.</summary>
/// <param name="Index">Index of the architecture in its space.</param>
/// <param name="ModelPath">Path of its model code, relative to the API's root; null in another space than NAS-Bench-201.</param>
/// <param name="Generation">Generation that asked for it.</param>
/// <param name="Status"><c>open</c>, <c>claimed</c>, <c>told</c> or <c>failed</c>.</param>
/// <param name="AskedAt">UTC time since when.</param>
/// <param name="ClaimedBy">Who gets it, or null.</param>
/// <param name="ClaimedUntil">UTC time until which nobody else is given it, or null.</param>
/// <param name="Accuracy">Accuracy, percent; null until it is told.</param>
/// <param name="LatencyMs">Latency, ms; null until it is told, and where labels come without.</param>
/// <param name="Failure">Why there is none; null when it did not fail. Untrusted text.</param>
/// <param name="ToldAt">UTC time when it was told, or null.</param>
public sealed record LabelView(
    int Index,
    string Architecture,
    string? ModelPath,
    int Generation,
    string Status,
    DateTimeOffset AskedAt,
    string? ClaimedBy,
    DateTimeOffset? ClaimedUntil,
    double? Accuracy,
    double? LatencyMs,
    string? Failure,
    DateTimeOffset? ToldAt)
{
    internal static LabelView Of(LabelRow label, string status, RunRow run) => new(
        label.Index, label.Architecture ?? NasBench201.Instance.Format(label.Index),
        label.Architecture is null ? ModelPathOf(label.Index, run) : null, label.Generation, status,
        label.AskedAt, label.ClaimedBy, label.ClaimedUntil, label.Accuracy, label.LatencyMs, label.Failure, label.ToldAt);

    private static string ModelPathOf(int index, RunRow run)
    {
        string shape = run.Request.Labels is { ImageSize: { } size, Classes: { } classes }
            ? $"imageSize={size}&classes={classes}"
            : $"dataset={run.Request.Dataset}";
        return $"architectures/{index}/model?format=pytorch&{shape}";
    }
}

/// <summary>The body of <c>POST /searches/{id}/labels/claims</c>.</summary>
/// <param name="Client">Who asks: a name that the client keeps.</param>
/// <param name="Count">Most labels.</param>
/// <param name="Minutes">How long they are the client's.</param>
public sealed record LabelClaim(string Client, int Count = 1, double Minutes = 240);
