namespace PelNas.Shared.Storage;

/// <summary>
/// The store itself is at fault: damaged, locked, read-only, full or of another version. The message names the place, the fault and the
/// fix.
/// </summary>
public sealed class StoreException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="location">The file or account.</param>
    /// <param name="fault">What is wrong, as the end of the sentence "The store ... ".</param>
    /// <param name="fix">What to do about it, as a sentence.</param>
    /// <param name="innerException">The cause, if an exception reported it.</param>
    /// <param name="kind">Who can mend it.</param>
    public StoreException(
        string location, string fault, string fix, Exception? innerException = null, StoreFaultKind kind = StoreFaultKind.Lasting)
        : base($"The store '{location}' {fault}. {fix}", innerException)
    {
        Kind = kind;
        Location = location;
        Fix = fix;
    }

    /// <summary>Who can mend it.</summary>
    public StoreFaultKind Kind { get; }

    /// <summary>The file or account.</summary>
    public string Location { get; }

    /// <summary>What to do about it.</summary>
    public string Fix { get; }
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
