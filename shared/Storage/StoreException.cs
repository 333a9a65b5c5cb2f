using PelNas.Shared.Storage.Rows;

namespace PelNas.Shared.Storage;

/// <summary>
/// The store itself is at fault: damaged, locked, read-only, full or of another version. The message names the place, the fault and the
/// fix.
/// </summary>
/// <param name="location">The file or account.</param>
/// <param name="fault">What is wrong, as the end of the sentence "The store ... ".</param>
/// <param name="fix">What to do about it, as a sentence.</param>
/// <param name="innerException">The cause, if an exception reported it.</param>
/// <param name="kind">Who can mend it.</param>
public sealed class StoreException(
    string location, string fault, string fix, Exception? innerException = null, StoreFaultKind kind = StoreFaultKind.Lasting)
    : Exception($"The store '{location}' {fault}. {fix}", innerException)
{
    /// <summary>Who can mend it.</summary>
    public StoreFaultKind Kind { get; } = kind;

    /// <summary>A row holds what cannot be read.</summary>
    internal static StoreException Unreadable(string location, RowId row, Exception cause) => new(
        location, $"holds a row that cannot be read ({row}: {cause.Message})",
        "Delete what it belongs to, or restore it from a backup.", cause);
}

/// <summary>Who can mend a fault of the store.</summary>
public enum StoreFaultKind
{
    /// <summary>Somebody has to do what the message says.</summary>
    Lasting,

    /// <summary>It passes by itself: busy, unreachable, locked. Trying again later helps.</summary>
    Passing,

    /// <summary>Someone who may assign roles on the storage account.</summary>
    NotPermitted,
}
