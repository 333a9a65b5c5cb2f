using PelNas.Shared.Partitioning;
using PelNas.Shared.Predictor;
using PelNas.Shared.Proposer;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Search;

/// <summary>The step <c>PlanSearch</c>: validates the request, chooses the partitions and writes the run's row.</summary>
public sealed class SearchPlanner(
    RunRepository runs, BenchmarkCatalog catalog, RunContexts contexts, SearchRequestValidator validator, ProposerClient proposer,
    ComputedScores scores)
{
    /// <summary>Plans a run and returns its partitions.</summary>
    /// <exception cref="ArgumentException">The request is not valid; the message names each field.</exception>
    public async Task<IReadOnlyList<PartitionPlan>> PlanAsync(
        string runId, SearchRequest request, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        // A step that runs again, however late, keeps to what it planned first: the run may have gone on since, or ended.
        if (await runs.GetAsync(runId, cancellationToken) is { } planned)
        {
            return planned.Partitions;
        }

        IReadOnlyList<FieldError> errors = await validator.CheckAsync(request, cancellationToken);
        if (errors.Count > 0)
        {
            throw new ArgumentException(FieldError.Describe(errors), nameof(request));
        }

        BenchmarkContext benchmark = await catalog.GetContextAsync(request, tableVersion: null, cancellationToken);
        RunRow run = new()
        {
            RunId = runId,
            Request = request,
            Partitions = contexts.Map(request, benchmark).Plans,
            Proposer = proposer.Name,
            Price = proposer.Price,
            Predictor = AccuracyPredictor.NameOf(
                request.Predictor,
                TrainingFreeScores.NameOf(request.ScoresFrom(), scores.SettingsOf(request, benchmark.Shape), request.Space)),
            DeviceTable = benchmark.TableVersion,
            StartedAt = startedAt,
        };
        return (await runs.AddAsync(run, cancellationToken)).Partitions;
    }
}
