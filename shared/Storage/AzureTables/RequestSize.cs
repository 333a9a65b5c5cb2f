using System.Text;
using System.Text.Json;
using Azure.Data.Tables;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>An upper bound on the bytes that an operation takes in the body of a batch request.</summary>
internal static class RequestSize
{
    // The part's own headers, the request line without its keys, and the host's name.
    private const int PartOverhead = 1024;

    // Quotes, colon, comma, a number, and the annotation that names the type.
    private const int PropertyOverhead = 80;

    /// <summary>The bound, in bytes.</summary>
    public static int Of(TableTransactionAction action)
    {
        ITableEntity entity = action.Entity;
        int bytes = PartOverhead + InUrl(entity.PartitionKey) + InUrl(entity.RowKey);
        return entity is TableEntity properties && action.ActionType != TableTransactionActionType.Delete
            ? bytes + InJson(entity.PartitionKey) + InJson(entity.RowKey) + (2 * PropertyOverhead)
                + EntityLimits.Properties(properties).Sum(property => PropertyOverhead + (2 * property.Key.Length) + InJson(property.Value))
            : bytes;
    }

    // Every byte escaped in the worst case, and quotes doubled.
    private static int InUrl(string key) => 3 * (Encoding.UTF8.GetByteCount(key) + key.Count(c => c == '\''));

    // Outside ASCII the client writes six bytes a character.
    private static int InJson(object? value) => value switch
    {
        string text => JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length,
        byte[] bytes => 4 * ((bytes.Length + 2) / 3),
        _ => 0,
    };
}
