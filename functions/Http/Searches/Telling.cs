using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using PelNas.Functions.Orchestrations;
using PelNas.Shared.Common;
using PelNas.Shared.Records;
using PelNas.Shared.Search;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Functions.Http.Searches;

/// <summary>Tells a search what it has asked its user for.</summary>
internal static class Telling
{
    public const int MaxBodyBytes = 16 * 1024;

    /// <summary>Writes an answer, announces it, and returns what stands there; or why it is refused.</summary>
    /// <param name="desk">That of labels or of latencies.</param>
    /// <param name="client">Reaches the orchestration.</param>
    /// <param name="run">The search.</param>
    /// <param name="cell">Index of the architecture.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="what">What it is, and the route that lists all of them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<(LabelRow? Row, IResult? Refusal)> TellAsync(
        LabelDesk desk, DurableTaskClient client, RunRow run, int cell, LabelAnswer answer, (string Name, string Route) what, CancellationToken cancellationToken)
    {
        string id = run.RunId;
        if (await desk.TellAsync(id, cell, answer, cancellationToken) is not var (row, isSame))
        {
            return (null, Problems.NotFound($"The search {id} has not asked for the {what.Name} of {cell}. GET searches/{id}/{what.Route} lists those that it has."));
        }

        if (!isSame)
        {
            return (null, Problems.Conflict($"The {what.Name} of {cell} was told before and is another: {Describe(row)}. The first one stands."));
        }

        // Also when it was told before: the first time may have been cut short before this.
        if (run.FinishedAt is null)
        {
            await client.RaiseEventAsync(id, LabelGathering.LabelTold, cell, cancellationToken);
        }

        return (row, null);
    }

    /// <summary>The architecture of a cell, or in another space, whose indices may be the search's own, that of a label that was asked for.</summary>
    public static async Task<(int Index, string? Error)> FindAsync(LabelDesk desk, RunRow run, string text, CancellationToken cancellationToken)
    {
        if (run.Request.Space is null)
        {
            return CellText.TryRead(NasBench201.Instance, text, out int cell, out string? error) ? (cell, null) : (-1, error);
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? (index, null)
            : (await desk.ListAsync(run.RunId, cancellationToken)).FirstOrDefault(label => label.Architecture == text) is { } asked ? (asked.Index, null)
            : (-1, $"'{UntrustedText.Line(text, 40)}' is neither an index nor an architecture that the search has asked for. GET searches/{run.RunId}/labels lists those that it has.");
    }

    private static string Describe(LabelRow row) => row.Failure is { } failure
        ? $"failed ({UntrustedText.Line(failure, 100)})"
        : string.Join(" and ", new[] { Of(row.Accuracy, "%"), Of(row.LatencyMs, "ms") }.OfType<string>());

    private static string? Of(double? value, string unit) => value is null ? null : FormattableString.Invariant($"{value} {unit}");
}
