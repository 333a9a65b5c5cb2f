using Azure.Data.Tables;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Candidates: a property for each field, so that steps which know different fields of one merge in the service, in any order and twice.</summary>
internal static class CandidateTable
{
    public static Task MergeAsync(StorageAccount account, string runId, int partition, IEnumerable<CandidateRow> candidates, CancellationToken cancellationToken)
    {
        string key = TableKeys.Partition(runId, partition);
        // A batch takes each row once: what stands twice is joined first, in the order given.
        Dictionary<int, TableEntity> entities = [];
        foreach (CandidateRow candidate in candidates)
        {
            if (!entities.TryGetValue(candidate.Index, out TableEntity? entity))
            {
                entities[candidate.Index] = entity = new TableEntity(key, TableKeys.Number(candidate.Index)) { [nameof(CandidateRow.Index)] = candidate.Index };
            }

            Fill(entity, candidate);
        }

        return account[TableNames.Candidates].WriteAsync(entities.Values, TableTransactionActionType.UpsertMerge, cancellationToken);
    }

    public static Task<IReadOnlyList<CandidateRow>> GetAsync(StorageAccount account, string runId, int partition, CancellationToken cancellationToken)
        => account[TableNames.Candidates].ReadAsync(TableKeys.Partition(runId, partition), RowRange.All, (entity, _) => ValueTask.FromResult(Read(entity)), cancellationToken);

    private static void Fill(TableEntity entity, CandidateRow candidate)
    {
        entity.Set(nameof(CandidateRow.Generation), candidate.Generation);
        entity.Set(nameof(CandidateRow.Origin), candidate.Origin);
        entity.Set(nameof(CandidateRow.Rationale), candidate.Rationale);
        entity.Set(nameof(CandidateRow.PredictedAccuracy), candidate.PredictedAccuracy);
        entity.Set(nameof(CandidateRow.PredictedDeviation), candidate.PredictedDeviation);
        entity.Set(nameof(CandidateRow.PredictedGeneration), candidate.PredictedGeneration);
        entity.Set(nameof(CandidateRow.LatencyMs), candidate.LatencyMs);
        entity.Set(nameof(CandidateRow.Accuracy), candidate.Accuracy);
        entity.Set(nameof(CandidateRow.LabelledGeneration), candidate.LabelledGeneration);
    }

    private static CandidateRow Read(TableEntity entity) => new()
    {
        Index = entity.Required(nameof(CandidateRow.Index), entity.GetInt32(nameof(CandidateRow.Index))),
        Generation = entity.GetInt32(nameof(CandidateRow.Generation)),
        Origin = entity.GetString(nameof(CandidateRow.Origin)),
        Rationale = entity.GetString(nameof(CandidateRow.Rationale)),
        PredictedAccuracy = entity.Number(nameof(CandidateRow.PredictedAccuracy)),
        PredictedDeviation = entity.Number(nameof(CandidateRow.PredictedDeviation)),
        PredictedGeneration = entity.GetInt32(nameof(CandidateRow.PredictedGeneration)),
        LatencyMs = entity.Number(nameof(CandidateRow.LatencyMs)),
        Accuracy = entity.Number(nameof(CandidateRow.Accuracy)),
        LabelledGeneration = entity.GetInt32(nameof(CandidateRow.LabelledGeneration)),
    };
}
