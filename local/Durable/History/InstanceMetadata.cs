using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace PelNas.Local.Durable.History;

/// <summary>Reads instances as clients see them.</summary>
internal static class InstanceMetadata
{
    // $1 says whether the columns that may be large are wanted.
    private const string Columns = """
        seq, name, id, status, created_at, updated_at, tags,
        CASE WHEN $1 THEN input END, CASE WHEN $1 THEN output END, CASE WHEN $1 THEN custom_status END, CASE WHEN $1 THEN failure END
        """;

    private const string Filter = """
        ($2 IS NULL OR created_at >= $2) AND ($3 IS NULL OR created_at <= $3) AND ($4 IS NULL OR status IN (SELECT value FROM json_each($4)))
        """;

    public static OrchestrationMetadata? Find(HistoryConnection connection, string id, bool withPayloads) =>
        connection.Query($"SELECT {Columns} FROM instances WHERE id = $2", row => Read(row, withPayloads).Metadata, withPayloads, id).FirstOrDefault();

    /// <summary>A page of a query, in the order of creation.</summary>
    /// <exception cref="ArgumentException">The token is not one of an earlier page, or the page size is below 1.</exception>
    public static Page<OrchestrationMetadata> Page(HistoryConnection connection, OrchestrationQuery query, string? token, int size)
    {
        if (size < 1)
        {
            throw new ArgumentException($"The page size is {size}. Ask for at least 1 instance a page.", nameof(query));
        }

        long after = 0;
        if (token is not null && !long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            throw new ArgumentException($"'{token}' is not a continuation token of an earlier page.", nameof(token));
        }

        // An id is printable ASCII, so the ids with a prefix are those from the prefix up to the prefix followed by DEL.
        List<(long Seq, OrchestrationMetadata Metadata)> rows = connection.Query(
            $"""
            SELECT {Columns} FROM instances
            WHERE {Filter} AND ($5 IS NULL OR (id >= $5 AND id < $5 || char(127))) AND seq > $6
            ORDER BY seq LIMIT $7
            """,
            row => Read(row, query.FetchInputsAndOutputs),
            query.FetchInputsAndOutputs,
            query.CreatedFrom,
            query.CreatedTo,
            Statuses(query.Statuses),
            string.IsNullOrEmpty(query.InstanceIdPrefix) ? null : query.InstanceIdPrefix,
            after,
            size + 1L);
        bool hasMore = rows.Count > size;
        return new Page<OrchestrationMetadata>(
            [.. rows.Take(size).Select(row => row.Metadata)], hasMore ? rows[size - 1].Seq.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>The ids of some instances that have ended and match.</summary>
    public static List<string> Ended(HistoryConnection connection, PurgeInstancesFilter filter, int most) => connection.Query(
        $"SELECT id FROM instances WHERE status IN {RuntimeStatusExtensions.EndedSql} AND {Filter} ORDER BY seq LIMIT $1",
        row => row.GetString(0),
        (long)most,
        filter.CreatedFrom,
        filter.CreatedTo,
        Statuses(filter.Statuses));

    private static string? Statuses(IEnumerable<OrchestrationRuntimeStatus>? statuses)
    {
        string[]? names = statuses?.Select(status => status.ToString()).ToArray();
        return names is null or [] ? null : JsonSerializer.Serialize(names);
    }

    private static (long Seq, OrchestrationMetadata Metadata) Read(SqliteDataReader row, bool withPayloads)
    {
        OrchestrationMetadata metadata = new(row.GetString(1), row.GetString(2))
        {
            DataConverter = withPayloads ? LocalDataConverter.Default : null,
            RuntimeStatus = Enum.Parse<OrchestrationRuntimeStatus>(row.GetString(3)),
            CreatedAt = EventRow.ReadTime(row, 4),
            LastUpdatedAt = EventRow.ReadTime(row, 5),
            Tags = EventRow.ReadText(row, 6) is string tags ? JsonSerializer.Deserialize<ImmutableDictionary<string, string>>(tags)! : ImmutableDictionary<string, string>.Empty,
            SerializedInput = EventRow.ReadText(row, 7),
            SerializedOutput = EventRow.ReadText(row, 8),
            SerializedCustomStatus = EventRow.ReadText(row, 9),
            FailureDetails = EventRow.ReadFailure(EventRow.ReadText(row, 10)),
        };
        return (row.GetInt64(0), metadata);
    }
}
