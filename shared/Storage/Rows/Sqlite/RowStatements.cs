using Microsoft.Data.Sqlite;

namespace PelNas.Shared.Storage.Rows.Sqlite;

/// <summary>A connection with the statements of the store, compiled once. For one thread at a time; writes need a transaction.</summary>
internal sealed class RowStatements : IDisposable
{
    // As much as the table service puts into an answer.
    private const int MaxPageBytes = 4 * 1024 * 1024;

    private const string Range = "tbl = $table AND partition = $partition AND key >= $from AND key < $to";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _rows;
    private readonly SqliteCommand _keys;
    private readonly SqliteCommand _put;
    private readonly SqliteCommand _delete;

    public RowStatements(SqliteConnection connection)
    {
        _connection = connection;
        _rows = Command($"SELECT key, etag, body FROM rows WHERE {Range} ORDER BY key LIMIT $limit");
        _keys = Command($"SELECT key, etag, x'' FROM rows WHERE {Range} ORDER BY key LIMIT $limit");
        // A random number: no ETag comes again after a deletion, and no counter has to be written with every row.
        _put = Command(
            "INSERT INTO rows (tbl, partition, key, etag, body) VALUES ($table, $partition, $key, random(), $body) "
            + "ON CONFLICT DO UPDATE SET etag = excluded.etag, body = excluded.body RETURNING etag");
        _delete = Command($"DELETE FROM rows WHERE {Range}");
    }

    public SqliteTransaction Begin()
    {
        SqliteTransaction transaction = _connection.BeginTransaction();
        _rows.Transaction = _keys.Transaction = _put.Transaction = _delete.Transaction = transaction;
        return transaction;
    }

    public PackedRow? Get(RowId id, bool keysOnly = false)
        => Page(Only(id) with { KeysOnly = keysOnly }, 1, null).Rows is [var row] ? row : null;

    public RowPage Page(RowQuery query, int atMost, string? continuation)
    {
        SqliteCommand command = Set(query.KeysOnly ? _keys : _rows, continuation is null ? query : query.After(continuation));
        command.Parameters.AddWithValue("$limit", atMost);
        using SqliteDataReader reader = command.ExecuteReader();
        List<PackedRow> rows = [];
        int bytes = 0;
        while (bytes < MaxPageBytes && reader.Read())
        {
            rows.Add(new PackedRow(reader.GetString(0), Text(reader.GetInt64(1)), reader.GetFieldValue<byte[]>(2)));
            bytes += rows[^1].Body.Length;
        }

        return new RowPage(rows, rows.Count == atMost || bytes >= MaxPageBytes ? rows[^1].Key : null);
    }

    /// <summary>Writes rows; see <see cref="RowStore"/>.</summary>
    public string? TryWrite(string table, string partition, IReadOnlyList<PackedWrite> writes)
    {
        foreach (PackedWrite write in writes.Where(write => write.Condition != RowCondition.Any))
        {
            if (!write.Condition.HoldsOf(Get(new RowId(table, partition, write.Key), keysOnly: true)?.ETag))
            {
                return null;
            }
        }

        string? etag = null;
        foreach (PackedWrite write in writes)
        {
            _put.Parameters.Clear();
            _put.Parameters.AddWithValue("$table", table);
            _put.Parameters.AddWithValue("$partition", partition);
            _put.Parameters.AddWithValue("$key", write.Key);
            _put.Parameters.AddWithValue("$body", write.Body);
            etag = Text((long)_put.ExecuteScalar()!);
        }

        return etag;
    }

    /// <summary>Deletes a row, or says that it has another ETag.</summary>
    public bool TryDelete(RowId id, RowCondition condition)
    {
        bool isDeletable = Get(id, keysOnly: true) is not { } row || condition.HoldsOf(row.ETag);
        if (isDeletable)
        {
            Delete(Only(id));
        }

        return isDeletable;
    }

    public int Delete(RowQuery range) => Set(_delete, range).ExecuteNonQuery();

    // The connection disposes its commands.
    public void Dispose() => _connection.Dispose();

    // No key stands between one and the least that follows it.
    private static RowQuery Only(RowId id) => new(id.Table, id.Partition) { From = id.Key, To = id.Key + " " };

    private static string Text(long etag) => etag.ToString(CultureInfo.InvariantCulture);

    private static SqliteCommand Set(SqliteCommand command, RowQuery range)
    {
        command.Parameters.Clear();
        command.Parameters.AddWithValue("$table", range.Table);
        command.Parameters.AddWithValue("$partition", range.Partition);
        command.Parameters.AddWithValue("$from", range.From ?? "");
        command.Parameters.AddWithValue("$to", range.To ?? RowLimits.AfterAllKeys);
        return command;
    }

    private SqliteCommand Command(string sql)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
