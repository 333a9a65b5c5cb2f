using System.Globalization;

namespace PelNas.Local.Durable.History;

/// <summary>The tables of the history file, and their version.</summary>
internal static class HistorySchema
{
    /// <summary>The version this program writes and reads.</summary>
    public const int Version = 2;

    /// <summary>Marks the file as ours: "PNDH" as a number.</summary>
    private const int ApplicationId = 0x504E4448;

    // Times are UTC ticks. A run (from a start, or from ContinueAsNew) has its own execution id, so that results for an earlier one are told apart.
    // Activities, timers and messages stay in their tables until the transaction that makes them part of a history takes them out.
    private const string Tables = """
        CREATE TABLE instances (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            execution_id TEXT NOT NULL,
            name TEXT NOT NULL,
            status TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            input TEXT,
            output TEXT,
            failure TEXT,
            custom_status TEXT,
            tags TEXT,
            parent_id TEXT,
            parent_name TEXT,
            parent_execution_id TEXT,
            parent_task_id INTEGER,
            trace_parent TEXT
        );
        CREATE INDEX instances_parent ON instances (parent_id) WHERE parent_id IS NOT NULL;
        CREATE TABLE history (
            instance_id TEXT NOT NULL,
            position INTEGER NOT NULL,
            kind TEXT NOT NULL,
            timestamp INTEGER NOT NULL,
            task_id INTEGER NOT NULL,
            name TEXT,
            other_instance_id TEXT,
            payload TEXT,
            failure TEXT,
            non_retriable INTEGER NOT NULL,
            fire_at INTEGER,
            PRIMARY KEY (instance_id, position)
        );
        CREATE TABLE messages (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            instance_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            timestamp INTEGER NOT NULL,
            task_id INTEGER NOT NULL,
            name TEXT,
            other_instance_id TEXT,
            payload TEXT,
            failure TEXT,
            non_retriable INTEGER NOT NULL,
            fire_at INTEGER
        );
        CREATE INDEX messages_instance ON messages (instance_id, seq);
        CREATE TABLE activities (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            instance_id TEXT NOT NULL,
            execution_id TEXT NOT NULL,
            task_id INTEGER NOT NULL,
            name TEXT NOT NULL,
            input TEXT
        );
        CREATE INDEX activities_instance ON activities (instance_id);
        CREATE TABLE timers (
            instance_id TEXT NOT NULL,
            task_id INTEGER NOT NULL,
            fire_at INTEGER NOT NULL,
            PRIMARY KEY (instance_id, task_id)
        ) WITHOUT ROWID;
        CREATE INDEX timers_fire_at ON timers (fire_at);
        """;

    // What version 1 lacked.
    private const string ToVersion2 = "ALTER TABLE instances ADD COLUMN trace_parent TEXT";

    /// <summary>Makes the tables in a new file, or checks the version of an old one and brings it up to this one.</summary>
    /// <exception cref="HistoryFileException">The file is of another program or a later version.</exception>
    public static void Ensure(HistoryConnection connection, string path)
    {
        long version = (long)connection.Scalar("PRAGMA user_version")!;
        long application = (long)connection.Scalar("PRAGMA application_id")!;
        bool isNew = version == 0 && application == 0 && (long)connection.Scalar("SELECT COUNT(*) FROM sqlite_master")! == 0;
        if (!isNew && application != ApplicationId)
        {
            throw new HistoryFileException(path, "is a database of another program. Set another path for the history file.");
        }

        if (version > Version)
        {
            throw new HistoryFileException(
                path, $"has version {version}, but this program knows versions up to {Version}. Use the newer program that wrote it, or set another path.");
        }

        if (version < Version)
        {
            connection.Execute("BEGIN IMMEDIATE");
            connection.Execute(isNew ? Tables : ToVersion2);
            connection.Execute("PRAGMA application_id = " + ApplicationId.ToString(CultureInfo.InvariantCulture));
            connection.Execute("PRAGMA user_version = " + Version.ToString(CultureInfo.InvariantCulture));
            connection.Execute("COMMIT");
        }
    }
}
