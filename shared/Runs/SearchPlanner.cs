using PelNas.Shared.Chat;
using PelNas.Shared.Partitioning;
using PelNas.Shared.Scoring.Accuracy;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Runs;

/// <summary>The step <c>PlanSearch</c>: validates the request, chooses the partitions and writes the run's row.</summary>
public sealed class SearchPlanner(IRunStore store, RunContexts contexts, SearchRequestValidator validator, Proposer proposer)
{
    /// <summary>Plans a run and returns its partitions.</summary>
    /// <exception cref="ArgumentException">The request is not valid; the message names each field.</exception>
    public async Task<IReadOnlyList<PartitionPlan>> PlanAsync(
        string runId, SearchRequest request, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        IReadOnlyList<FieldError> errors = validator.Check(request);
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", errors.Select(error => $"{error.Field}: {error.Message}")), nameof(request));
        }

        RunRow run = new()
        {
            RunId = runId,
            Request = request,
            Partitions = contexts.Map(request).Plans,
            Proposer = proposer.Name,
            Predictor = PathRegression.Name,
            StartedAt = startedAt,
        };
        await store.PutRunAsync(run, cancellationToken);
        return run.Partitions;
    }
}
