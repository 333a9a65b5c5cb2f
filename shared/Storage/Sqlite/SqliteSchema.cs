using Microsoft.Data.Sqlite;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>The tables of the database file, and the check that the file is one of ours and of this version.</summary>
internal static class SqliteSchema
{
    /// <summary>Kept in the file's <c>user_version</c>. Raise it with every change, and add the step from the version before to <see cref="Steps"/>.</summary>
    public const int Version = 7;

    /// <summary>Kept in the file's <c>application_id</c>: "PELN".</summary>
    public const int ApplicationId = 0x50454C4E;

    private const string FirstTables = """
        CREATE TABLE runs (
            run_id TEXT NOT NULL PRIMARY KEY,
            stamp TEXT NOT NULL,
            body TEXT NOT NULL) STRICT;
        CREATE INDEX runs_newest_first ON runs (stamp DESC, run_id);
        CREATE TABLE candidates (
            run_id TEXT NOT NULL,
            partition INTEGER NOT NULL,
            architecture INTEGER NOT NULL,
            generation INTEGER,
            origin TEXT,
            rationale TEXT,
            predicted_accuracy REAL,
            predicted_deviation REAL,
            latency_ms REAL,
            accuracy REAL,
            labelled_generation INTEGER,
            PRIMARY KEY (run_id, partition, architecture)) STRICT, WITHOUT ROWID;
        CREATE TABLE rounds (
            run_id TEXT NOT NULL,
            partition INTEGER NOT NULL,
            generation INTEGER NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (run_id, partition, generation)) STRICT;
        CREATE TABLE heuristics (
            run_id TEXT NOT NULL,
            partition INTEGER NOT NULL,
            generation INTEGER NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (run_id, partition, generation)) STRICT;
        CREATE TABLE front_points (
            run_id TEXT NOT NULL,
            version INTEGER NOT NULL,
            rank INTEGER NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (run_id, version, rank)) STRICT;
        CREATE TABLE front_versions (
            run_id TEXT NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (run_id, version)) STRICT, WITHOUT ROWID;
        CREATE TABLE front_pointers (
            run_id TEXT NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE chat_answers (
            prompt_hash TEXT NOT NULL PRIMARY KEY,
            answer TEXT NOT NULL) STRICT;
        """;

    private const string SecondTables = """
        CREATE TABLE claims (
            key TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE device_tables (
            device TEXT NOT NULL,
            dataset TEXT NOT NULL,
            version TEXT NOT NULL,
            uploaded_at TEXT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (device, dataset, version)) STRICT;
        CREATE TABLE device_table_pointers (
            device TEXT NOT NULL,
            dataset TEXT NOT NULL,
            version TEXT NOT NULL,
            PRIMARY KEY (device, dataset)) STRICT, WITHOUT ROWID;
        """;

    private const string ThirdTables = """
        CREATE TABLE sweeps (
            sweep_id TEXT NOT NULL PRIMARY KEY,
            body TEXT NOT NULL) STRICT;
        CREATE TABLE watchdog (
            id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
            body TEXT NOT NULL) STRICT;
        """;

    private const string FourthTables = """
        CREATE TABLE budgets (
            run_id TEXT NOT NULL PRIMARY KEY,
            version INTEGER NOT NULL,
            body TEXT NOT NULL) STRICT;
        """;

    private const string FifthTables = """
        CREATE TABLE proxy_scores (
            version TEXT NOT NULL,
            function_id INTEGER NOT NULL,
            nwot REAL,
            synflow REAL,
            PRIMARY KEY (version, function_id)) STRICT, WITHOUT ROWID;
        """;

    // What a file of before does not tell the age of is as old as the file's new version.
    private const string FifthColumns = """
        ALTER TABLE candidates ADD COLUMN predicted_generation INTEGER;
        ALTER TABLE chat_answers ADD COLUMN written_at TEXT NOT NULL DEFAULT '';
        UPDATE chat_answers SET written_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now');
        CREATE INDEX chat_answers_by_age ON chat_answers (written_at);
        """;

    private const string SixthColumns = """
        CREATE TABLE tombstones (
            run_id TEXT NOT NULL PRIMARY KEY,
            deleted_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX tombstones_by_age ON tombstones (deleted_at);
        ALTER TABLE claims ADD COLUMN written_at TEXT NOT NULL DEFAULT '';
        ALTER TABLE device_tables ADD COLUMN written_at TEXT NOT NULL DEFAULT '';
        ALTER TABLE device_table_pointers ADD COLUMN written_at TEXT NOT NULL DEFAULT '';
        UPDATE claims SET written_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now');
        UPDATE device_tables SET written_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now');
        UPDATE device_table_pointers SET written_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now');
        CREATE INDEX claims_by_age ON claims (written_at);
        """;

    private const string SeventhTables = """
        CREATE TABLE priors (
            run_id TEXT NOT NULL PRIMARY KEY,
            body TEXT NOT NULL) STRICT;
        """;

    /// <summary>What makes version n + 1 of version n. An empty file is version 0.</summary>
    private static readonly string[] Steps = [FirstTables, SecondTables, ThirdTables, FourthTables, FifthTables + FifthColumns, SixthColumns, SeventhTables];

    /// <summary>Creates the tables in an empty file, brings a file of an older version up to this one, and refuses a file of another program or version.</summary>
    /// <exception cref="StoreException">The file is not one of ours or not of this version.</exception>
    public static void Ensure(SqliteConnection connection, string file)
    {
        // Taken for writing at once: two processes that start on the same new file must not both find it empty.
        using SqliteTransaction transaction = connection.BeginTransaction();
        long application = connection.Scalar("PRAGMA application_id");
        long version = connection.Scalar("PRAGMA user_version");
        bool isEmpty = application == 0 && version == 0 && connection.Scalar("SELECT count(*) FROM sqlite_schema") == 0;
        if (application != ApplicationId && !isEmpty)
        {
            throw new StoreException(file, "is a database of another program", "Choose another file; this one was left as it is.");
        }

        if (version > Version)
        {
            throw new StoreException(
                file, $"has schema version {version}, and this program reads version {Version}", "Update the program, or choose another file.");
        }

        if (version < Version)
        {
            connection.Execute(string.Concat(Steps[(int)version..]) + $" PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version};");
            transaction.Commit();
        }
    }
}
