using System.Globalization;
using Microsoft.Data.Sqlite;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>Ledgers of runs, each with a version that counts its writes.</summary>
internal static class BudgetTable
{
    public static (BudgetRow Row, string? Version) Get(SqliteConnection connection, string runId)
    {
        List<(BudgetRow, string?)> rows = connection.Query<(BudgetRow, string?)>(
            "SELECT body, version FROM budgets WHERE run_id = $run",
            reader => (JsonColumn.Read<BudgetRow>(reader, 0, $"the budget of {runId}"), reader.GetInt64(1).ToString(CultureInfo.InvariantCulture)),
            ("$run", runId));
        return rows.Count > 0 ? rows[0] : (BudgetRow.Empty, null);
    }

    public static bool TryPut(SqliteConnection connection, string runId, string body, string? version) => (version is null
        ? connection.Execute("INSERT INTO budgets (run_id, version, body) VALUES ($run, 1, $body) ON CONFLICT DO NOTHING", ("$run", runId), ("$body", body))
        : connection.Execute(
            "UPDATE budgets SET body = $body, version = version + 1 WHERE run_id = $run AND version = $version",
            ("$run", runId), ("$body", body), ("$version", long.Parse(version, CultureInfo.InvariantCulture)))) == 1;
}
