using Microsoft.Data.Sqlite;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>Answers of the proposer by the hash of their prompt. They belong to no run.</summary>
internal static class ChatAnswerTable
{
    public static void Put(SqliteConnection connection, string promptHash, string answer, DateTimeOffset now) => connection.Execute(
        """
        INSERT INTO chat_answers (prompt_hash, answer, written_at) VALUES ($hash, $answer, $now)
        ON CONFLICT DO UPDATE SET answer = excluded.answer, written_at = excluded.written_at
        """,
        ("$hash", promptHash), ("$answer", answer), ("$now", TimeColumn.Text(now)));

    /// <summary>Deletes the oldest that were written before a time, and returns how many.</summary>
    public static int Delete(SqliteConnection connection, DateTimeOffset before, int most) => connection.Execute(
        "DELETE FROM chat_answers WHERE prompt_hash IN (SELECT prompt_hash FROM chat_answers WHERE written_at < $before ORDER BY written_at LIMIT $most)",
        ("$before", TimeColumn.Text(before)), ("$most", most));

    public static string? Get(SqliteConnection connection, string promptHash) => connection.Query(
        "SELECT answer FROM chat_answers WHERE prompt_hash = $hash", reader => reader.GetString(0), ("$hash", promptHash)).SingleOrDefault();
}
