using Azure.Data.Tables;

namespace PelNas.Shared.Storage.AzureTables;

/// <summary>
/// The limits of Azure Table Storage on one entity, checked before it is sent: the service refuses what the emulator takes.
/// https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
/// </summary>
internal static class EntityLimits
{
    /// <summary>Most bytes in an entity, counted by <see cref="Size(TableEntity)"/>.</summary>
    public const int MaxEntityBytes = 1024 * 1024;

    /// <summary>Most properties beside the keys and the timestamp.</summary>
    public const int MaxProperties = 252;

    /// <summary>Most UTF-16 characters in a text: 64 KiB.</summary>
    public const int MaxTextLength = 32 * 1024;

    /// <summary>Most bytes in a binary property.</summary>
    public const int MaxBinaryBytes = 64 * 1024;

    /// <summary>Most characters in the name of a property.</summary>
    public const int MaxNameLength = 255;

    /// <summary>Refuses an entity that the service would refuse.</summary>
    /// <exception cref="ArgumentException">The entity is over a limit; the message names the key, property or size.</exception>
    public static void Check(TableEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        StoreGuard.Key(entity.PartitionKey, nameof(entity.PartitionKey));
        StoreGuard.Key(entity.RowKey, nameof(entity.RowKey));
        int count = 0;
        foreach ((string name, object? value) in Properties(entity))
        {
            count++;
            CheckValue(name, value);
        }

        if (count > MaxProperties)
        {
            throw new ArgumentException($"The entity has {count} properties. At most {MaxProperties} can be stored.", nameof(entity));
        }

        if (Size(entity) is > MaxEntityBytes and var size)
        {
            throw new ArgumentException($"The entity has {size} bytes. At most {MaxEntityBytes} can be stored: put what is large into a blob.", nameof(entity));
        }
    }

    /// <summary>
    /// Bytes of an entity as the service counts them: 4, two a character of the keys, and for each property 8, two a character of its name and
    /// the size of its value.
    /// </summary>
    public static int Size(TableEntity entity)
        => 4 + (2 * (entity.PartitionKey.Length + entity.RowKey.Length)) + Properties(entity).Sum(property => 8 + (2 * property.Key.Length) + Size(property.Value));

    /// <summary>The properties of the caller, without the system's own.</summary>
    internal static IEnumerable<KeyValuePair<string, object?>> Properties(TableEntity entity)
        => ((IEnumerable<KeyValuePair<string, object?>>)entity).Where(property => property.Value is not null && property.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag"));

    private static int Size(object? value) => value switch
    {
        string text => 4 + (2 * text.Length),
        byte[] bytes => 4 + bytes.Length,
        bool => 1,
        int => 4,
        double or long => 8,
        _ => throw new ArgumentException($"A property of type {value?.GetType().Name} is not among those that this store writes."),
    };

    private static void CheckValue(string name, object? value)
    {
        if (name.Length > MaxNameLength)
        {
            throw new ArgumentException($"The name of the property '{name[..20]}...' has {name.Length} characters. At most {MaxNameLength} can be stored.", name);
        }

        switch (value)
        {
            case string text:
                StoreGuard.Text(text, name, MaxTextLength);
                break;
            case byte[] { Length: > MaxBinaryBytes } bytes:
                throw new ArgumentException($"{name} has {bytes.Length} bytes. At most {MaxBinaryBytes} can be stored: put it into a blob.", name);
            case double number:
                StoreGuard.Finite(number, name);
                break;
        }
    }
}
