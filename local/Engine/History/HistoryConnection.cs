using Microsoft.Data.Sqlite;

namespace PelNas.Local.Engine.History;

/// <summary>A connection to the history file: statements, compiled once each. Not safe for use by many threads.</summary>
internal sealed class HistoryConnection : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    /// <summary>
    /// Opens the file. The connection that writes creates it, with a write-ahead log: a commit outlives the process at once, and the
    /// machine after a moment.
    /// </summary>
    public HistoryConnection(string path, bool canWrite)
    {
        // Without pooling, so that closing the connection lets go of the file.
        SqliteOpenMode mode = canWrite ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadOnly;
        SqliteConnectionStringBuilder options = new() { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 1 };
        _connection = new SqliteConnection(options.ToString());
        try
        {
            _connection.Open();
            if (canWrite)
            {
                Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON");
            }
        }
        catch (SqliteException)
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs a statement with values for its parameters $1, $2, ...</summary>
    /// <returns>The number of rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>Runs a query for a single value; null when there is no row or the value is null.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> values) =>
        Prepare(sql, values).ExecuteScalar() is object value and not DBNull ? value : null;

    /// <summary>Runs a query.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        List<T> rows = [];
        using SqliteDataReader reader = Prepare(sql, values).ExecuteReader();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Closes the file, and with it what was compiled.</summary>
    public void Dispose() => _connection.Dispose();

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out SqliteCommand? command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            _commands.Add(sql, command);
        }

        for (int i = 0; i < values.Length; i++)
        {
            object value = values[i] switch
            {
                null => DBNull.Value,
                DateTime time => time.Ticks,
                Enum name => name.ToString(),
                object other => other,
            };
            if (i == command.Parameters.Count)
            {
                command.Parameters.Add(new SqliteParameter($"${i + 1}", value));
            }

            command.Parameters[i].Value = value;
        }

        return command;
    }
}
