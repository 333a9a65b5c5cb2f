namespace PelNas.Local.Engine.History;

/// <summary>The tables of the history file, and their version.</summary>
internal static class HistorySchema
{
    /// <summary>The version this program writes and reads.</summary>
    public const int Version = 1;

    /// <summary>Reads the largest key of any table.</summary>
    public const string LastKey = """
        SELECT IFNULL(MAX(last), 0)
        FROM (SELECT MAX(key) AS last FROM instances UNION SELECT MAX(seq) FROM messages UNION SELECT MAX(seq) FROM activities)
        """;

    /// <summary>Marks the file as ours ("PNDT"), and as one of the engine that came before this one ("PNDH").</summary>
    private const int ApplicationId = 0x504E4454, FormerApplicationId = 0x504E4448;

    // Times are UTC ticks. Every start of an instance has a key of its own, which all that belongs to it refers to: what is left of an
    // earlier instance of the same id is told apart by it. A run (from a start, or from ContinueAsNew) has its own execution id besides.
    // Messages and activities stay in their tables until the transaction that makes them part of a history takes them out.
    private static readonly string Tables = $"""
        BEGIN IMMEDIATE;
        CREATE TABLE instances (
            key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, execution_id TEXT NOT NULL, name TEXT NOT NULL, version TEXT,
            status TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, input TEXT, output TEXT, failure TEXT,
            custom_status TEXT, tags TEXT, parent_id TEXT, parent_execution_id TEXT, parent_task_id INTEGER);
        CREATE INDEX instances_parent ON instances (parent_id) WHERE parent_id IS NOT NULL;
        CREATE TABLE history (
            instance INTEGER NOT NULL REFERENCES instances ON DELETE CASCADE, position INTEGER NOT NULL, type INTEGER NOT NULL,
            event TEXT NOT NULL, PRIMARY KEY (instance, position)) WITHOUT ROWID;
        CREATE TABLE messages (
            seq INTEGER PRIMARY KEY, instance INTEGER NOT NULL REFERENCES instances ON DELETE CASCADE, execution_id TEXT,
            visible_at INTEGER NOT NULL, type INTEGER NOT NULL, event TEXT NOT NULL);
        CREATE INDEX messages_instance ON messages (instance);
        CREATE TABLE activities (
            seq INTEGER PRIMARY KEY, instance INTEGER NOT NULL REFERENCES instances ON DELETE CASCADE, event TEXT NOT NULL);
        CREATE INDEX activities_instance ON activities (instance);
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Version};
        COMMIT;
        """;

    /// <summary>Makes the tables in a new file, or checks the version of an old one.</summary>
    /// <exception cref="HistoryFileException">The file is of another program, of the former engine, or of a later version.</exception>
    public static void Ensure(HistoryConnection connection, string path)
    {
        long version = (long)connection.Scalar("PRAGMA user_version")!;
        long application = (long)connection.Scalar("PRAGMA application_id")!;
        bool isNew = version == 0 && application == 0 && (long)connection.Scalar("SELECT COUNT(*) FROM sqlite_master")! == 0;
        string? problem = (isNew, application) switch
        {
            (true, _) => null,
            (_, FormerApplicationId) => "was written by an earlier version, whose engine this one has replaced. Finish what runs in it "
                + "with that version, or delete or rename the file: its orchestrations are then gone, and the results in the store stay.",
            (_, ApplicationId) when version <= Version => null,
            (_, ApplicationId) => $"has version {version}, but this program knows versions up to {Version}. "
                + "Use the newer program that wrote it, or set another path.",
            _ => "is a database of another program. Set another path for the history file.",
        };
        if (problem is not null)
        {
            throw new HistoryFileException(path, problem);
        }

        if (isNew)
        {
            connection.Execute(Tables);
        }
    }
}
