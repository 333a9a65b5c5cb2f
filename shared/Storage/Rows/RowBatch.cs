namespace PelNas.Shared.Storage.Rows;

/// <summary>
/// Cuts the rows of a batch into chunks that the table service takes as one transaction. All adapters write by these chunks.
/// https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions
/// </summary>
internal static class RowBatch
{
    /// <summary>Most rows in a chunk.</summary>
    public const int MaxRows = 100;

    /// <summary>Most bytes in the request of a chunk.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    // What the request has around its parts.
    private const int Envelope = 1024;

    // A part's headers, the line of its request without keys, the host's name, and names and types of up to eleven properties.
    private const int PartOverhead = 3 * 1024;

    /// <summary>The chunks, in order, none of them empty.</summary>
    /// <exception cref="ArgumentException">A row stands twice, or is over a limit.</exception>
    public static IReadOnlyList<IReadOnlyList<PackedWrite>> Split(string table, string partition, IReadOnlyCollection<RowWrite> writes)
    {
        RowLimits.Check(table, partition);
        List<IReadOnlyList<PackedWrite>> chunks = [];
        List<PackedWrite> chunk = [];
        HashSet<string> keys = [];
        int bytes = Envelope;
        foreach (RowWrite write in writes)
        {
            RowId id = new(table, partition, write.Key);
            PackedWrite packed = PackedWrite.Of(id, write.Body, write.Condition);
            if (!keys.Add(write.Key))
            {
                throw new ArgumentException($"The row {id} stands twice in the batch. Join the two first.", nameof(writes));
            }

            int size = RequestBytes(partition, packed);
            if (chunk.Count == MaxRows || (chunk.Count > 0 && bytes + size > MaxBytes))
            {
                chunks.Add(chunk);
                (chunk, bytes) = ([], Envelope);
            }

            chunk.Add(packed);
            bytes += size;
        }

        if (chunk.Count > 0)
        {
            chunks.Add(chunk);
        }

        return chunks;
    }

    /// <summary>
    /// An upper bound: a character of a key takes up to nine bytes in the address and six in the JSON, which has the body in base64.
    /// </summary>
    private static int RequestBytes(string partition, PackedWrite write)
        => PartOverhead + (15 * (partition.Length + write.Key.Length)) + (4 * ((write.Body.Length / 3) + 1));
}
