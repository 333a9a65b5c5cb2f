using Microsoft.Data.Sqlite;
using PelNas.Shared.Storage.Rows.Sqlite;

namespace PelNas.Functions.Tests.Support;

/// <summary>
/// Everything in an embedded store as text but for ETags, of which each write makes a new one, so that two can be compared row by row.
/// </summary>
internal static class StoreDump
{
    public static async Task<string> ReadAsync(string file)
    {
        using SqliteRowStore store = new(file);
        List<string> lines = [];
        foreach ((string table, string partition) in Partitions(file))
        {
            lines.AddRange(await store.QueryAsync(new RowQuery(table, partition), Cancellation)
                .Select(row => $"{row.Id}\t{row.Body}").ToListAsync(Cancellation));
        }

        return string.Join('\n', lines);
    }

    private static List<(string Table, string Partition)> Partitions(string file)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT DISTINCT tbl, partition FROM rows ORDER BY tbl, partition";
        using SqliteDataReader reader = command.ExecuteReader();
        List<(string Table, string Partition)> partitions = [];
        while (reader.Read())
        {
            partitions.Add((reader.GetString(0), reader.GetString(1)));
        }

        return partitions;
    }
}
