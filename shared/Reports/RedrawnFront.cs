using PelNas.Shared.Records;

namespace PelNas.Shared.Reports;

/// <summary>The result of a search with other latencies than it was run with: those that were measured since.</summary>
public static class RedrawnFront
{
    /// <summary>
    /// The run with the latencies of a context and the front of its labels that they give. Labels of cells that turned out not to run are
    /// left out.
    /// </summary>
    /// <param name="context">Its context, with the latencies.</param>
    public static RunContent Draw(RunContent content, RunContext context)
    {
        PartitionContent[] partitions =
        [
            .. content.Partitions.Select(partition => partition with
            {
                Candidates =
                [
                    .. partition.Candidates.Where(candidate => context.Benchmark.IsFeasible(candidate.Index))
                        .Select(candidate => candidate.LatencyMs is null
                            ? candidate
                            : candidate with { LatencyMs = context.Benchmark.LatencyMs[candidate.Index] }),
                ],
            }),
        ];
        IEnumerable<RunCandidate> labelled =
            partitions.SelectMany(partition => partition.Labelled.Select(row => new RunCandidate(partition.Plan.Id, row)));
        return content with
        {
            Partitions = partitions,
            Front = content.Front is { } front
                ? front with { Points = [.. LabelledFront.Of(labelled, context).Select(context.Point)] }
                : null,
        };
    }
}
