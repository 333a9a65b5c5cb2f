using PelNas.Shared.Records;
using PelNas.Shared.Reports.Html;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Reports;

/// <summary>Makes the result and the report of any run that a store holds, wherever it came from.</summary>
public sealed class RunReporter(RunRepository runs, RunContexts contexts)
{
    /// <summary>What a run has come to so far; null when there is none of that id.</summary>
    public async Task<ReportedRun?> ReadAsync(string runId, CancellationToken cancellationToken)
    {
        if (await RunContent.LoadAsync(runs, runId, cancellationToken) is not { } content)
        {
            return null;
        }

        // Latencies that were predicted have been told since.
        RunContext context = await contexts.OfAsync(content.Run, cancellationToken);
        return Of(context.Request.IsLatencyTold() || content.Run.VerifiedTable is not null
            ? RedrawnFront.Draw(content, context)
            : content, context);
    }

    /// <summary>What a run has come to, by the latencies of a context.</summary>
    public static ReportedRun Of(RunContent content, RunContext context)
    {
        ReferenceHypervolume? reference = context.Metrics is null
            ? ReferenceHypervolume.Of(context, (content.Front?.Points ?? []).Select(point => (point.LatencyMs, point.Accuracy)))
            : null;
        SearchResult result = SearchResultBuilder.Build(content, context.Evaluate(content.Labelled), context.Ceiling, reference);
        BenchmarkContext benchmark = context.Benchmark;
        result = result with
        {
            LatencyWarning = benchmark.LatencyWarning,
            LatencyBoundMs = benchmark.LatencyWarning is null ? null : benchmark.LatencyRangeMs.Max,
            Generations = Judged(result.Generations, content, context),
        };
        return new ReportedRun(result, content, context);
    }

    /// <summary>The generations, each with what the labels up to it come to on the exact front, where that is known.</summary>
    private static IReadOnlyList<GenerationSummary> Judged(
        IReadOnlyList<GenerationSummary> generations, RunContent content, RunContext context)
    {
        if (context.Metrics is not { } metrics)
        {
            return generations;
        }

        ILookup<int, int> labelled = content.Partitions.SelectMany(partition => partition.Labelled)
            .ToLookup(candidate => candidate.LabelledGeneration ?? candidate.Generation ?? 0, candidate => candidate.Index);
        List<int> known = [];
        List<GenerationSummary> judged = [];
        foreach (GenerationSummary generation in generations)
        {
            known.AddRange(labelled[generation.Generation]);
            FrontQuality quality = metrics.Evaluate(known, content.Run.Request.LabelsFrom);
            judged.Add(generation with { Igd = quality.Igd, FrontHitRate = quality.FrontHitRate });
        }

        return judged;
    }
}

/// <summary>A run's result and what it was made from.</summary>
/// <param name="Context">The run's tables and yardstick.</param>
public sealed record ReportedRun(SearchResult Result, RunContent Content, RunContext Context)
{
    /// <summary>All that the page shows of it.</summary>
    public RunReport ToReport() => RunReport.Of(
        Content,
        Result,
        Context.Metrics is { } metrics ? PlotPoint.ExactFrontOf(Context.Benchmark, Result.LabelsFrom, metrics) : [],
        Context.Space);

    /// <summary>The report, an HTML page.</summary>
    public string ToHtml() => HtmlReport.Render(ToReport());
}
