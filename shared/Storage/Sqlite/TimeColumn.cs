using System.Globalization;

namespace PelNas.Shared.Storage.Sqlite;

/// <summary>Times as texts that sort by time.</summary>
internal static class TimeColumn
{
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
