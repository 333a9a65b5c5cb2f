namespace PelNas.Shared.Storage.Rows;

/// <summary>
/// Rows under three keys, each with a text as its body. All repositories are written on this port, and a new kind of stored thing is
/// a method of a repository, never one of the port. A list is a range of a partition whose keys sort as the list does: where the newest
/// come first, they count time down.
/// </summary>
/// <remarks>
/// What every adapter promises, and one test suite checks:
/// <list type="bullet">
/// <item>Order: rows of a partition are read by key, ascending, ordinal.</item>
/// <item>What a reader sees: once a write has returned, every reader sees it, in any process, and a row always whole, its body with its
/// ETag. A query is no snapshot: it returns each row at most once and in order, and all that were there from its start to its end; of those
/// that are written or deleted meanwhile any may be missing.</item>
/// <item>Conditions: of several writers who name the same ETag, or absence, one succeeds. No two writes of a row give it the same ETag, not
/// even when it was deleted in between. A condition that does not hold is a result and not an exception.</item>
/// <item>Idempotence: deletions, and writes without a condition, may be repeated with the same effect. The adapter itself repeats
/// requests whose answer was lost, so a condition may fail because of one's own write: those who must know compare what stands there
/// with what they wrote.</item>
/// <item>Atomicity: one row, or one chunk of a batch, is written whole or not at all, and in a file or an account it then survives a
/// loss of power. A call that failed, or was cancelled under way, may have taken effect.</item>
/// <item>Limits, which are checked before anything is written (<see cref="ArgumentException"/>, with the row and the size): the name
/// of a table has 3 to 43 letters and digits, a letter first; a partition or key has 1 to 512 characters of the Basic Multilingual
/// Plane, without / \ # ? and control characters; a body, in UTF-8 and compressed where that makes it shorter, has at most 704 KiB; a
/// batch has each row once. They are those of Azure Table Storage and its emulator, or tighter.</item>
/// <item>Faults: <see cref="StoreException"/>, whose kind says who can mend it.</item>
/// </list>
/// </remarks>
public interface IRowStore
{
    /// <summary>The file or account, as errors name it.</summary>
    string Location { get; }

    /// <summary>Reads a row, or null.</summary>
    Task<StoredRow?> GetAsync(RowId id, CancellationToken cancellationToken);

    /// <summary>Reads a range of one partition, page by page as it is enumerated.</summary>
    IAsyncEnumerable<StoredRow> QueryAsync(RowQuery query, CancellationToken cancellationToken);

    /// <summary>Writes a row, replacing what stands there.</summary>
    /// <returns>The row's new ETag, or null when the condition did not hold and nothing was written.</returns>
    Task<string?> TryPutAsync(RowId id, string body, RowCondition condition, CancellationToken cancellationToken);

    /// <summary>
    /// Writes any number of rows of one partition, in the order given, in chunks of at most 100 rows and 4 MiB. A call that is cut short
    /// leaves the first chunks written.
    /// </summary>
    /// <returns>False when the condition of a row did not hold: nothing of its chunk was written, nor of those after it.</returns>
    Task<bool> TryPutBatchAsync(string table, string partition, IReadOnlyCollection<RowWrite> writes, CancellationToken cancellationToken);

    /// <summary>Deletes a row; none there is fine.</summary>
    /// <param name="id">The row.</param>
    /// <param name="condition"><see cref="RowCondition.Any"/> or <see cref="RowCondition.Unchanged"/>.</param>
    /// <returns>False when the row has another ETag and stays.</returns>
    Task<bool> TryDeleteAsync(RowId id, RowCondition condition, CancellationToken cancellationToken);

    /// <summary>Deletes all rows of a partition, and may be called again if it was cut short. What is written meanwhile may stay.</summary>
    Task DeletePartitionAsync(string table, string partition, CancellationToken cancellationToken);
}
