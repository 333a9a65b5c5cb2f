using Azure.Data.Tables;
using PelNas.Shared.Common;
using PelNas.Shared.Records;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>
/// Fronts. The points of a version stand under a revision, the hash of their contents, and never change. A row for each version names
/// its revision, and one pointer row the version in force with its revision; both are moved in one transaction after the points were
/// written. A reader follows one of these rows and so finds a whole front, whatever is written meanwhile or was cut short.
/// </summary>
internal static class FrontTable
{
    /// <summary>How often the pointer is tried anew when another writer moved it first. Each such time another one got ahead.</summary>
    public const int MaxAttempts = 30;

    // How often a front is read anew that is deleted or written anew while it is read.
    private const int MaxReads = 3;

    private const string Version = "Version";
    private const string Revision = "Revision";
    private const string Count = "Count";

    /// <summary>
    /// Writes the version anew and moves the pointer to it, but never back: an activity that runs again late publishes an old
    /// version, and readers must not go back to it.
    /// </summary>
    public static async Task PublishAsync(StorageAccount account, string runId, Front front, CancellationToken cancellationToken)
    {
        EntityTable rows = account[TableNames.Fronts];
        string revision = TableKeys.Hash(PelNasJson.Serialize(front.Points))[..16];
        string prefix = TableKeys.FrontPoints(front.Version, revision);
        await rows.WriteAsync(
            front.Points.Select((point, rank) => FrontPointColumns.Write(new TableEntity(runId, prefix + TableKeys.Number(rank)), point)),
            TableTransactionActionType.UpsertReplace,
            cancellationToken);
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            TableEntity? pointer = await rows.GetAsync(runId, TableKeys.FrontPointer, cancellationToken);
            // Also when the flip went through and its answer was lost: the client's second try finds the pointer moved, and not by whom.
            if (Names(pointer, front.Version, revision) || await rows.TryTransactAsync(Flip(runId, front, revision, pointer), cancellationToken))
            {
                return;
            }
        }

        throw new StoreException(
            account.Location, $"is written to by too many at once: the front of run {runId} changed {MaxAttempts} times while version {front.Version} was published", "Try again.", kind: StoreFaultKind.Passing);
    }

    /// <summary>The versions, in ascending order.</summary>
    public static Task<IReadOnlyList<int>> VersionsAsync(StorageAccount account, string runId, CancellationToken cancellationToken)
        => account[TableNames.Fronts].ReadAsync(
            runId, RowRange.StartingWith(TableKeys.FrontVersions), (row, _) => ValueTask.FromResult(row.Required(Version, row.GetInt32(Version))), cancellationToken);

    /// <summary>The front of the given version, or of the one in force.</summary>
    public static async Task<Front?> GetAsync(StorageAccount account, string runId, int? version, CancellationToken cancellationToken)
    {
        EntityTable rows = account[TableNames.Fronts];
        string row = version is { } number ? TableKeys.FrontVersion(number) : TableKeys.FrontPointer;
        for (int read = 0; read < MaxReads; read++)
        {
            if (await rows.GetAsync(runId, row, cancellationToken) is not { } head)
            {
                return null;
            }

            int found = head.Required(Version, head.GetInt32(Version));
            IReadOnlyList<FrontPoint> points = await rows.ReadAsync(
                runId, RowRange.StartingWith(TableKeys.FrontPoints(found, head.Required(Revision))), (point, _) => ValueTask.FromResult(FrontPointColumns.Read(point)), cancellationToken);
            if (points.Count == head.GetInt32(Count))
            {
                return new Front(found, points);
            }
        }

        throw new StoreException(account.Location, $"holds a front of run {runId} without all of its points", "Delete the run.");
    }

    private static bool Names(TableEntity? pointer, int version, string revision)
        => pointer is not null && pointer.GetInt32(Version) == version && pointer.GetString(Revision) == revision;

    private static List<TableTransactionAction> Flip(string runId, Front front, string revision, TableEntity? pointer)
    {
        List<TableTransactionAction> flip = [new(TableTransactionActionType.UpsertReplace, Head(TableKeys.FrontVersion(front.Version)))];
        if (pointer is null)
        {
            flip.Add(new(TableTransactionActionType.Add, Head(TableKeys.FrontPointer)));
        }
        else if (front.Version >= pointer.Required(Version, pointer.GetInt32(Version)))
        {
            flip.Add(new(TableTransactionActionType.UpdateReplace, Head(TableKeys.FrontPointer), pointer.ETag));
        }

        return flip;

        TableEntity Head(string row) => new(runId, row) { [Version] = front.Version, [Revision] = revision, [Count] = front.Points.Count };
    }
}
