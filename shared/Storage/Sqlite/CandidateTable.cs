using Microsoft.Data.Sqlite;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>Candidates. Steps that know different fields of one may write them in any order, at the same time and twice.</summary>
internal static class CandidateTable
{
    private const string MergeSql = """
        INSERT INTO candidates (run_id, partition, architecture, generation, origin, rationale,
            predicted_accuracy, predicted_deviation, predicted_generation, latency_ms, accuracy, labelled_generation)
        VALUES ($run, $partition, $architecture, $generation, $origin, $rationale,
            $predictedAccuracy, $predictedDeviation, $predictedGeneration, $latencyMs, $accuracy, $labelledGeneration)
        ON CONFLICT DO UPDATE SET
            generation = coalesce(excluded.generation, generation),
            origin = coalesce(excluded.origin, origin),
            rationale = coalesce(excluded.rationale, rationale),
            predicted_accuracy = CASE WHEN excluded.predicted_generation < predicted_generation THEN predicted_accuracy ELSE coalesce(excluded.predicted_accuracy, predicted_accuracy) END,
            predicted_deviation = CASE WHEN excluded.predicted_generation < predicted_generation THEN predicted_deviation ELSE coalesce(excluded.predicted_deviation, predicted_deviation) END,
            predicted_generation = CASE WHEN excluded.predicted_generation < predicted_generation THEN predicted_generation ELSE coalesce(excluded.predicted_generation, predicted_generation) END,
            latency_ms = coalesce(excluded.latency_ms, latency_ms),
            accuracy = coalesce(excluded.accuracy, accuracy),
            labelled_generation = coalesce(excluded.labelled_generation, labelled_generation)
        """;

    private const string SelectSql = """
        SELECT architecture, generation, origin, rationale, predicted_accuracy, predicted_deviation, latency_ms, accuracy, labelled_generation, predicted_generation
        FROM candidates WHERE run_id = $run AND partition = $partition ORDER BY architecture
        """;

    public static void Merge(SqliteConnection connection, string runId, int partition, IEnumerable<CandidateRow> candidates)
    {
        foreach (CandidateRow candidate in candidates)
        {
            connection.Execute(
                MergeSql,
                ("$run", runId),
                ("$partition", partition),
                ("$architecture", candidate.Index),
                ("$generation", candidate.Generation),
                ("$origin", candidate.Origin),
                ("$rationale", candidate.Rationale),
                ("$predictedAccuracy", candidate.PredictedAccuracy),
                ("$predictedDeviation", candidate.PredictedDeviation),
                ("$predictedGeneration", candidate.PredictedGeneration),
                ("$latencyMs", candidate.LatencyMs),
                ("$accuracy", candidate.Accuracy),
                ("$labelledGeneration", candidate.LabelledGeneration));
        }
    }

    public static List<CandidateRow> Get(SqliteConnection connection, string runId, int partition) =>
        connection.Query(SelectSql, Read, ("$run", runId), ("$partition", partition));

    private static CandidateRow Read(SqliteDataReader reader) => new()
    {
        Index = reader.GetInt32(0),
        Generation = reader.IsDBNull(1) ? null : reader.GetInt32(1),
        Origin = reader.IsDBNull(2) ? null : reader.GetString(2),
        Rationale = reader.IsDBNull(3) ? null : reader.GetString(3),
        PredictedAccuracy = reader.IsDBNull(4) ? null : reader.GetDouble(4),
        PredictedDeviation = reader.IsDBNull(5) ? null : reader.GetDouble(5),
        LatencyMs = reader.IsDBNull(6) ? null : reader.GetDouble(6),
        Accuracy = reader.IsDBNull(7) ? null : reader.GetDouble(7),
        LabelledGeneration = reader.IsDBNull(8) ? null : reader.GetInt32(8),
        PredictedGeneration = reader.IsDBNull(9) ? null : reader.GetInt32(9),
    };
}
