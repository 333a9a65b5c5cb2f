using System.Globalization;
using PelNas.Shared.Partitioning;

namespace PelNas.Functions.Http.Searches;

/// <summary>
/// <c>GET /searches/{id}/partitions/{partition}/heuristics</c>: a partition's design rules, the last or those of a generation.
/// </summary>
public sealed class GetHeuristics(RunRepository runs)
{
    [Function(nameof(GetHeuristics))]
    [QueryNames("generation")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "searches/{id}/partitions/{partition}/heuristics")] HttpRequest request,
        string id,
        string partition,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        QueryParameters query = new(request);
        int? generation = query.WholeNumber("generation", 0, RequestLimits.MaxGenerations);
        query.Check();
        SearchState state = await SearchState.GetAsync(runs, client, id, cancellationToken);
        RunRow run = state.Planned;

        PartitionPlan plan = Find(run, partition);
        IReadOnlyList<HeuristicsRow> rows = (await runs.GetHistoryAsync(id, cancellationToken)).Heuristics(plan.Id);
        HeuristicsRow found = Pick(rows, generation) ?? throw None(run, plan, generation, rows);
        return ConditionalResults.Json(request, Of(run, plan, found, rows));
    }

    private static PartitionPlan Find(RunRow run, string partition)
        => run.Partitions.FirstOrDefault(
            plan => int.TryParse(partition, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && plan.Id == number)
            ?? throw Problems.NotFound(
                ProblemCodes.NoSuchPartition,
                "No such partition",
                $"The search {run.RunId} has no partition '{UntrustedText.Cut(partition, 20)}'; "
                    + $"its partitions are 0 to {run.Partitions.Count - 1}.");

    private static HeuristicsRow? Pick(IReadOnlyList<HeuristicsRow> rows, int? generation)
        => rows.LastOrDefault(row => row.Generation == (generation ?? row.Generation));

    private static PartitionHeuristics Of(RunRow run, PartitionPlan plan, HeuristicsRow row, IReadOnlyList<HeuristicsRow> all)
        => new(run.RunId, plan.Id, plan.Rule, run.Proposer, row.Generation, [.. all.Select(other => other.Generation)], row.Rules);

    private static RefusedException None(RunRow run, PartitionPlan plan, int? generation, IReadOnlyList<HeuristicsRow> rows)
    {
        string subject = $"Partition {plan.Id} of the search {run.RunId}";
        if (rows.Count > 0)
        {
            return SearchAnswers.NoSuchGeneration(
                $"{subject} has no heuristics of generation {generation}; "
                    + $"there are those of {string.Join(", ", rows.Select(row => row.Generation))}.");
        }

        return SearchAnswers.NotYet(run.Request.UseHeuristics
            ? $"{subject} has no heuristics yet; the first are written in generation 1."
            : $"{subject} has no heuristics: the search was asked to go without (useHeuristics is false).");
    }
}

/// <summary>The answer to <c>GET /searches/{id}/partitions/{partition}/heuristics</c>.</summary>
/// <param name="Rule">The rule that the partition's members keep.</param>
/// <param name="Proposer">Who wrote the heuristics; <c>offline</c> is a rule-based stand-in.</param>
/// <param name="Generation">Generation that wrote them.</param>
/// <param name="Generations">All generations that wrote some.</param>
/// <param name="Heuristics">The heuristics with their evidence, most trusted first.</param>
public sealed record PartitionHeuristics(
    string Id, int Partition, string Rule, string Proposer, int Generation, IReadOnlyList<int> Generations,
    IReadOnlyList<Heuristic> Heuristics);
