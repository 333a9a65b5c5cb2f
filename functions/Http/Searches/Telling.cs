using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using PelNas.Functions.Orchestrations;
using PelNas.Shared.Common;
using PelNas.Shared.Records;
using PelNas.Shared.Search;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Http.Searches;

/// <summary>The routes on which a search is told what it has asked its user for: labels, or latencies of its front.</summary>
/// <param name="Runs">The searches.</param>
/// <param name="Desk">That of labels or of latencies.</param>
/// <param name="Name">What is told.</param>
/// <param name="Route">The route that lists all of them.</param>
internal sealed record Telling(RunRepository Runs, LabelDesk Desk, string Name, string Route)
{
    private const int MaxBodyBytes = 16 * 1024;

    public static Telling OfLabels(RunRepository runs, LabelDesk desk) => new(runs, desk, "label", "labels");

    public static Telling OfLatencies(RunRepository runs, LabelDesk desk) => new(runs, desk.OfLatencies, "latency", "measurements");

    /// <summary>Lists what was requested, all or what is in one of the states.</summary>
    public async Task<IResult> ListAsync<TList>(
        HttpRequest request, string id, IReadOnlyList<string> states, Func<IEnumerable<LabelRow>, RunRow, TList> list, CancellationToken cancellationToken)
    {
        QueryParameters query = new(request);
        string? status = query.OneOf("status", states);
        if (query.Errors.Count > 0)
        {
            return Problems.Invalid(query.Errors);
        }

        return await Runs.GetAsync(id, cancellationToken) is { } run
            ? JsonResults.Of(list((await Desk.ListAsync(id, cancellationToken)).Where(row => status is null || Desk.StateOf(row) == status), run))
            : SearchAnswers.Unknown(id);
    }

    /// <summary>Reads an answer, writes it, announces it to the orchestration, and shows what stands there; or says why it is refused.</summary>
    public async Task<IResult> PutAsync<TAnswer, TView>(
        HttpRequest request,
        DurableTaskClient client,
        string id,
        string index,
        Func<TAnswer, RunRow, IResult?> refuse,
        Func<TAnswer, LabelAnswer> asLabel,
        Func<LabelRow, RunRow, TView> view,
        CancellationToken cancellationToken)
        where TAnswer : class
    {
        JsonReading<TAnswer> body = await JsonBody.ReadAsync<TAnswer>(request, MaxBodyBytes, cancellationToken);
        if (body.Value is not { } answer)
        {
            return body.Refusal!;
        }

        if (await Runs.GetAsync(id, cancellationToken) is not { } run)
        {
            return SearchAnswers.Unknown(id);
        }

        (int cell, string? error) = await FindAsync(Desk, run, index, cancellationToken);
        if (error is not null)
        {
            return Problems.Invalid("index", error);
        }

        if (refuse(answer, run) is { } refusal)
        {
            return refusal;
        }

        if (await Desk.TellAsync(id, cell, asLabel(answer), cancellationToken) is not var (row, isSame))
        {
            return Problems.NotFound($"The search {id} has not requested the {Name} of {cell}. GET searches/{id}/{Route} lists those that it has.");
        }

        if (!isSame)
        {
            return Problems.Conflict($"The {Name} of {cell} was told before and is another: {Describe(row)}. The first one stands.");
        }

        // Also when it was told before: the first time may have been cut short before this.
        if (run.FinishedAt is null)
        {
            await client.RaiseEventAsync(id, LabelGathering.LabelTold, cell, cancellationToken);
        }

        return JsonResults.Of(view(row, run));
    }

    /// <summary>The architecture of a cell, or in another space, whose indices may be the search's own, that of a label that was requested.</summary>
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
