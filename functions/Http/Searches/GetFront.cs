using System.Net.Mime;
using PelNas.Shared.Reports;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Functions.Http.Searches;

/// <summary>
/// <c>GET /searches/{id}/front</c>: the published front, or that of an earlier generation, perhaps within limits, as JSON or CSV.
/// </summary>
public sealed class GetFront(RunRepository runs, RunContexts contexts)
{
    private const string Json = "json";
    private const string Csv = "csv";

    [Function(nameof(GetFront))]
    [QueryNames("format", "generation", "maxLatencyMs", "maxParamsM")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches/{id}/front")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        QueryParameters query = new(request);
        string format = query.OneOf("format", Json, Csv) ?? Json;
        int? generation = query.WholeNumber("generation", 0, RequestLimits.MaxGenerations);
        (double? maxLatencyMs, double? maxParamsM) = (query.Positive("maxLatencyMs"), query.Positive("maxParamsM"));
        query.Check();
        SearchState state = await SearchState.GetAsync(runs, client, id, cancellationToken);
        RunRow run = state.Planned;

        RunHistory history = await runs.GetHistoryAsync(id, cancellationToken);
        if (history.Fronts.LastOrDefault(row => row.Round.Generation == (generation ?? row.Round.Generation)) is not { } front)
        {
            throw history.Front is { Round.Generation: var latest }
                ? SearchAnswers.NoSuchGeneration(
                    $"The search {id} has published no front after generation {generation}; the last is that of generation {latest}.")
                : SearchAnswers.NotYet($"The search {id} has published no front yet; ask again later.");
        }

        RunContext context = await contexts.OfAsync(run, cancellationToken);
        if (maxParamsM is not null && context.Space.WhyNoParams() is { } whyNoParams)
        {
            throw Problems.Invalid("maxParamsM", whyNoParams);
        }

        IReadOnlyList<FrontPoint> points = front.Front.Points;
        bool isLimited = maxLatencyMs is not null || maxParamsM is not null;
        if (isLimited || run.VerifiedTable is not null)
        {
            context = context.Within(maxLatencyMs, maxParamsM);
            if (isLimited && !context.FastestOfFunctions().Any(index => index >= 0))
            {
                string field = maxLatencyMs is null ? "maxParamsM" : "maxLatencyMs";
                throw Problems.Invalid(field, "rules out every architecture of the space; give a greater number");
            }

            // Not only the points of the front: with fewer parameters, or other latencies, others may be the best.
            points = [.. LabelledFront.Of(Labelled(history, front), context).Select(context.Point)];
        }

        return format == Csv
            ? ConditionalResults.Of(request, FrontCsv.Format(points, run.Request.LabelsFrom), MediaTypeNames.Text.Csv)
            : ConditionalResults.Json(request, WithMetrics(context, front, points));
    }

    private static IEnumerable<RunCandidate> Labelled(RunHistory history, FrontRow front)
        => history.Through(front.Round.Generation).Candidates()
            .Where(candidate => candidate.Row is { Accuracy: not null, LatencyMs: not null });

    private static SearchFront WithMetrics(RunContext context, FrontRow front, IReadOnlyList<FrontPoint> points)
    {
        RunRow run = context.Run;
        FrontQuality? metrics = context.Evaluate(points.Select(point => point.Index));
        return new SearchFront(
            run.RunId, run.Request.Dataset, run.Request.Device, run.Request.LabelsFrom, run.Proposer, front.Front.Version, front.Labels,
            points, metrics, context.Ceiling);
    }
}

/// <summary>The answer to <c>GET /searches/{id}/front</c>.</summary>
/// <param name="Dataset">Data set whose accuracies count.</param>
/// <param name="Device">Device whose latency counts.</param>
/// <param name="LabelsFrom">Which accuracies the labels are: <c>validation</c> or <c>test</c>.</param>
/// <param name="Proposer">Who proposed the architectures; <c>offline</c> is a rule-based stand-in.</param>
/// <param name="Generation">Generation that the front was published after.</param>
/// <param name="Labels">Labels paid for up to then.</param>
/// <param name="Front">The front, fastest first.</param>
/// <param name="Metrics">
/// How good it is on test accuracy, measured against the exact front within the limits; null where that is not known.
/// </param>
/// <param name="Ceiling">What that would be with every label paid for; null for labels that are test accuracies.</param>
public sealed record SearchFront(
    string Id,
    string Dataset,
    string Device,
    string LabelsFrom,
    string Proposer,
    int Generation,
    int Labels,
    IReadOnlyList<FrontPoint> Front,
    FrontQuality? Metrics,
    FrontQuality? Ceiling);
