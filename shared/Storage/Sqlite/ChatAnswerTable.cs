using Microsoft.Data.Sqlite;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>Answers of the proposer by the hash of their prompt. They belong to no run.</summary>
internal static class ChatAnswerTable
{
    public static void Put(SqliteConnection connection, string promptHash, string answer) => connection.Execute(
        "INSERT INTO chat_answers (prompt_hash, answer) VALUES ($hash, $answer) ON CONFLICT DO UPDATE SET answer = excluded.answer",
        ("$hash", promptHash), ("$answer", answer));

    public static string? Get(SqliteConnection connection, string promptHash) => connection.Query(
        "SELECT answer FROM chat_answers WHERE prompt_hash = $hash", reader => reader.GetString(0), ("$hash", promptHash)).SingleOrDefault();
}
