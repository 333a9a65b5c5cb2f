using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PelNas.Functions.Tests.Support;

/// <summary>Everything in an embedded store as text, so that two can be compared row by row.</summary>
internal static class StoreDump
{
    public static string Read(string file)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        List<string> lines = [];
        foreach (string table in Query(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"))
        {
            List<string> rows = Query(connection, $"SELECT * FROM {table}");
            lines.AddRange([$"# {table}: {rows.Count}", .. rows.Order(StringComparer.Ordinal)]);
        }

        return string.Join('\n', lines);
    }

    private static List<string> Query(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The only text put in is a table's own name.
        command.CommandText = sql;
#pragma warning restore CA2100
        using SqliteDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(string.Join('\t', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        }

        return rows;
    }
}
