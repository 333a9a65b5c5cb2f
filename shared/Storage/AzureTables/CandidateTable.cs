using Azure.Data.Tables;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>Candidates: a property for each field, so that steps which know different fields of one merge in the service, in any order and twice.</summary>
internal static class CandidateTable
{
    public static async Task MergeAsync(
        StorageAccount account, string runId, int partition, IEnumerable<CandidateRow> candidates, CancellationToken cancellationToken)
    {
        string key = TableKeys.Partition(runId, partition);
        ILookup<bool, CandidateRow> byPrediction = Joined(candidates).ToLookup(candidate => candidate.PredictedGeneration is not null);
        EntityTable rows = account[TableNames.Candidates];
        await rows.WriteAsync(byPrediction[false].Select(candidate => Entity(key, candidate)), TableTransactionActionType.UpsertMerge, cancellationToken);
        if (byPrediction[true].Any())
        {
            await MergePredictedAsync(account, key, [.. byPrediction[true]], cancellationToken);
        }
    }

    public static Task<IReadOnlyList<CandidateRow>> GetAsync(StorageAccount account, string runId, int partition, CancellationToken cancellationToken)
        => account[TableNames.Candidates].ReadAsync(TableKeys.Partition(runId, partition), RowRange.All, (entity, _) => ValueTask.FromResult(Read(entity)), cancellationToken);

    /// <summary>
    /// Merges predictions by what stands there, under the ETag of each row. Batches whose rows changed meanwhile, as by the latencies that are
    /// written at the same time, are made anew.
    /// </summary>
    private static async Task MergePredictedAsync(StorageAccount account, string key, IReadOnlyCollection<CandidateRow> candidates, CancellationToken cancellationToken)
    {
        EntityTable rows = account[TableNames.Candidates];
        Dictionary<string, CandidateRow> left = candidates.ToDictionary(candidate => TableKeys.Number(candidate.Index));
        for (int attempt = 0; attempt < JsonRows.MaxAttempts; attempt++)
        {
            Dictionary<string, TableEntity> stored = await rows.Range(key, RowRange.Between(left.Keys.Min(StringComparer.Ordinal)!, left.Keys.Max(StringComparer.Ordinal)!), cancellationToken)
                .Where(row => left.ContainsKey(row.RowKey)).ToDictionaryAsync(row => row.RowKey, cancellationToken: cancellationToken);
            IReadOnlyCollection<TableTransactionAction> refused = await rows.TryWriteAsync(
                left.Values.Select(candidate => Merge(key, candidate, stored.GetValueOrDefault(TableKeys.Number(candidate.Index)))).OfType<TableTransactionAction>(), cancellationToken);
            if (refused.Count == 0)
            {
                return;
            }

            HashSet<string> again = [.. refused.Select(operation => operation.Entity.RowKey)];
            left = left.Where(pair => again.Contains(pair.Key)).ToDictionary();
        }

        throw new StoreException(
            account.Location, $"is written to by too many at once: candidates of {key} changed {JsonRows.MaxAttempts} times while their predictions were written", "Try again.", kind: StoreFaultKind.Passing);
    }

    /// <summary>The operation that merges a candidate; null when all of it is there, as after a write whose answer was lost.</summary>
    private static TableTransactionAction? Merge(string key, CandidateRow candidate, TableEntity? stored)
    {
        if (stored is null)
        {
            return new(TableTransactionActionType.Add, Entity(key, candidate));
        }

        CandidateRow now = Read(stored);
        CandidateRow written = candidate.IsPredictedBefore(now.PredictedGeneration) ? candidate.WithoutPrediction() : candidate;
        return CandidateRow.Merge(now, written) == now ? null : new(TableTransactionActionType.UpdateMerge, Entity(key, written), stored.ETag);
    }

    /// <summary>A batch takes each row once: what stands twice is joined first, in the order given.</summary>
    private static IEnumerable<CandidateRow> Joined(IEnumerable<CandidateRow> candidates)
        => candidates.GroupBy(candidate => candidate.Index).Select(rows => rows.Aggregate(CandidateRow.Merge));

    private static TableEntity Entity(string key, CandidateRow candidate)
    {
        TableEntity entity = new(key, TableKeys.Number(candidate.Index)) { [nameof(CandidateRow.Index)] = candidate.Index };
        entity.Set(nameof(CandidateRow.Generation), candidate.Generation);
        entity.Set(nameof(CandidateRow.Origin), candidate.Origin);
        entity.Set(nameof(CandidateRow.Rationale), candidate.Rationale);
        entity.Set(nameof(CandidateRow.PredictedAccuracy), candidate.PredictedAccuracy);
        entity.Set(nameof(CandidateRow.PredictedDeviation), candidate.PredictedDeviation);
        entity.Set(nameof(CandidateRow.PredictedGeneration), candidate.PredictedGeneration);
        entity.Set(nameof(CandidateRow.LatencyMs), candidate.LatencyMs);
        entity.Set(nameof(CandidateRow.Accuracy), candidate.Accuracy);
        entity.Set(nameof(CandidateRow.LabelledGeneration), candidate.LabelledGeneration);
        return entity;
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
