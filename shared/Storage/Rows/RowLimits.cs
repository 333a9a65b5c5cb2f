using System.Text.RegularExpressions;

namespace PelNas.Shared.Storage.Rows;

/// <summary>
/// The one guard of all adapters: what Azure Table Storage refuses, each of them refuses, in the same words. The emulator accepts
/// much of it. The other limits of an entity hold by its form: at most eleven properties of 64 KiB (<see cref="RowBody.MaxBytes"/>).
/// https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model
/// </summary>
internal static partial class RowLimits
{
    /// <summary>Greater than every key.</summary>
    public const string AfterAllKeys = "\uFFFF";

    /// <summary>Most rows that are read at once.</summary>
    public const int MaxPageRows = 1000;

    // UTF-16 characters: the service's 1 KiB are counted in UTF-16.
    private const int MaxKeyLength = 512;

    public static void Check(RowId id)
    {
        Check(id.Table, id.Partition);
        Key(id.Key, "key");
    }

    public static void Check(string table, string partition)
    {
        // A name of 63, of which a prefix may take 20.
        if (table is null || !TableName().IsMatch(table))
        {
            throw new ArgumentException($"'{table}' cannot name a table: give 3 to 43 letters and digits, a letter first.", nameof(table));
        }

        Key(partition, nameof(partition));
    }

    public static void Check(RowQuery query)
    {
        Check(query.Table, query.Partition);
        Bound(query.From, nameof(query.From));
        Bound(query.To, nameof(query.To));
        if (query.Limit < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(query), query.Limit, "A limit is 1 or more; leave it out for all rows.");
        }
    }

    /// <summary>Whether the names of tables can begin with the text: up to 20 letters and digits, a letter first, or nothing.</summary>
    public static bool IsTablePrefix(string? text) => text is not null && TablePrefix().IsMatch(text);

    private static void Key(string? key, string name)
    {
        if (string.IsNullOrEmpty(key))
        {
            throw new ArgumentException("A key must not be empty.", name);
        }

        if (key.Length > MaxKeyLength)
        {
            throw new ArgumentException(
                $"The key '{UntrustedText.Line(key, 60)}' has {key.Length} characters. At most {MaxKeyLength} can be stored.", name);
        }

        foreach (char c in key)
        {
            if (c is '/' or '\\' or '#' or '?' || char.IsControl(c))
            {
                throw new ArgumentException(
                    $"The key '{UntrustedText.Line(key, 60)}' contains U+{(int)c:X4}. Keys must not contain / \\ # ? or "
                        + "control characters.",
                    name);
            }

            // Beyond the BMP the orders of UTF-8 and of UTF-16 differ; the last two are not characters, and no XML holds them.
            if (char.IsSurrogate(c) || c >= '\uFFFE')
            {
                throw new ArgumentException(
                    $"The key '{UntrustedText.Line(key, 60)}' has a character beyond U+FFFD, where stores differ in how they sort.", name);
            }
        }
    }

    // The successor of the longest key has one character more.
    private static void Bound(string? bound, string name)
    {
        if (bound is not null)
        {
            Key(bound.Length == MaxKeyLength + 1 && bound.EndsWith(' ') ? bound[..^1] : bound, name);
        }
    }

    // \z and not $: the latter lets a line break through at the end.
    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9]{2,42}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TableName();

    [GeneratedRegex(@"\A([A-Za-z][A-Za-z0-9]{0,19})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex TablePrefix();
}
