using Azure.Data.Tables;

namespace PelNas.Shared.Storage.Rows.AzureTables;

/// <summary>A row as an entity, its body in binary properties of up to 64 KiB: <c>Body</c>, <c>Body1</c> and so on.</summary>
internal static class RowEntity
{
    private const int MaxPropertyBytes = 64 * 1024;

    /// <summary>The properties that a row in one piece has, for those who read many.</summary>
    public static IReadOnlyList<string> OnePiece { get; } = ["RowKey", Name(0)];

    /// <summary>The properties of a row without its body.</summary>
    public static IReadOnlyList<string> KeyOnly { get; } = ["RowKey"];

    public static TableEntity Of(string partition, PackedWrite write)
    {
        TableEntity entity = new(partition, write.Key);
        foreach ((int index, byte[] piece) in write.Body.Chunk(MaxPropertyBytes).Index())
        {
            entity[Name(index)] = piece;
        }

        return entity;
    }

    /// <summary>Whether an entity that was read in one piece may have more.</summary>
    public static bool MayHaveMore(TableEntity entity) => entity.GetBinary(Name(0))?.Length == MaxPropertyBytes;

    public static PackedRow ToRow(TableEntity entity, string key)
    {
        IEnumerable<string> names = Enumerable.Range(0, RowBody.MaxBytes / MaxPropertyBytes).Select(Name);
        byte[][] pieces = [.. names.Select(entity.GetBinary).OfType<byte[]>()];
        return new PackedRow(key, entity.ETag.ToString(), pieces is [var whole] ? whole : [.. pieces.SelectMany(piece => piece)]);
    }

    private static string Name(int index) => index == 0 ? "Body" : $"Body{index}";
}
