namespace PelNas.Shared.Storage;

/// <summary>The store itself is at fault: damaged, locked, read-only, full or of another version. The message names the place, the fault and the fix.</summary>
public sealed class StoreException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="location">The file or account.</param>
    /// <param name="fault">What is wrong, as the end of the sentence "The store ... ".</param>
    /// <param name="fix">What to do about it, as a sentence.</param>
    /// <param name="innerException">The cause, if an exception told of it.</param>
    public StoreException(string location, string fault, string fix, Exception? innerException = null)
        : base($"The store '{location}' {fault}. {fix}", innerException)
    {
        Location = location;
        Fix = fix;
    }

    /// <summary>The file or account.</summary>
    public string Location { get; }

    /// <summary>What to do about it.</summary>
    public string Fix { get; }
}
