using System.Globalization;
using PelNas.Functions.Orchestrations;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Functions.Http.Searches;

/// <summary>The routes on which a search is told what it has asked its user for: labels, or latencies of its front.</summary>
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
        HttpRequest request, string id, IReadOnlyList<string> states, Func<IEnumerable<LabelRow>, RunRow, TList> list,
        CancellationToken cancellationToken)
    {
        QueryParameters query = new(request);
        string? status = query.OneOf("status", states);
        query.Check();

        RunRow run = await Runs.GetAsync(id, cancellationToken) ?? throw SearchAnswers.Unknown(id);
        return JsonResults.Of(
            list((await Desk.ListAsync(id, cancellationToken)).Where(row => status is null || Desk.StateOf(row) == status), run));
    }

    /// <summary>
    /// Reads an answer, writes it, announces it to the orchestration, and shows what stands there; or says why it is refused.
    /// </summary>
    public async Task<IResult> PutAsync<TAnswer, TView>(
        HttpRequest request,
        DurableTaskClient client,
        string id,
        string index,
        Action<TAnswer, RunRow> check,
        Func<TAnswer, LabelAnswer> asLabel,
        Func<LabelRow, RunRow, TView> view,
        CancellationToken cancellationToken)
        where TAnswer : class
    {
        TAnswer answer = await JsonBody.ReadAsync<TAnswer>(request, MaxBodyBytes, cancellationToken);

        RunRow run = await Runs.GetAsync(id, cancellationToken) ?? throw SearchAnswers.Unknown(id);
        int cell = await FindAsync(Desk, run, index, cancellationToken);
        check(answer, run);
        if (await Desk.TellAsync(id, cell, asLabel(answer), cancellationToken) is not var (row, isSame))
        {
            throw Problems.NotFound(
                $"The search {id} has not requested the {Name} of {cell}. GET searches/{id}/{Route} lists those that it has.");
        }

        if (!isSame)
        {
            throw Problems.Conflict($"The {Name} of {cell} was told before and is another: {Describe(row)}. The first one stands.");
        }

        // Also when it was told before: the first time may have been cut short before this.
        if (run.FinishedAt is null)
        {
            await client.TellAsync(id, cell, cancellationToken);
        }

        return JsonResults.Of(view(row, run));
    }

    /// <summary>
    /// The architecture of a cell, or in another space, whose indices may be the search's own, that of a label that was requested.
    /// </summary>
    /// <exception cref="RefusedException">400: there is none such.</exception>
    public static async Task<int> FindAsync(LabelDesk desk, RunRow run, string text, CancellationToken cancellationToken)
    {
        if (run.Request.Space is null)
        {
            return CellText.TryRead(NasBench201.Instance, text, out int cell, out string? error)
                ? cell
                : throw Problems.Invalid("index", error!);
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
        {
            return index;
        }

        string compact = CellText.Compact(text);
        LabelRow? requested = (await desk.ListAsync(run.RunId, cancellationToken))
            .FirstOrDefault(label => label.Architecture is { } notation && CellText.Compact(notation) == compact);
        return requested?.Index ?? throw Problems.Invalid(
            "index",
            $"'{UntrustedText.Line(text, 40)}' is neither an index nor an architecture that the search has asked for. GET "
                + $"searches/{run.RunId}/labels lists those that it has.");
    }

    private static string Describe(LabelRow row) => row.Failure is { } failure
        ? $"failed ({UntrustedText.Line(failure, 100)})"
        : string.Join(" and ", new[] { Of(row.Accuracy, "%"), Of(row.LatencyMs, "ms") }.OfType<string>());

    private static string? Of(double? value, string unit) => value is null ? null : $"{value} {unit}";
}
