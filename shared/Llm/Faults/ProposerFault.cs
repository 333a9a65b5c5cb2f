namespace PelNas.Shared.Llm.Faults;

/// <summary>One failed call in this product's own words. Nothing of the provider's text is in it: that may quote the key back.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Message">What happened and how to mend it.</param>
/// <param name="MayBeBilled">Whether the provider may charge for it although no usable answer came.</param>
/// <param name="RetryAfter">How long the provider asks to wait, or null.</param>
public sealed record ProposerFault(FaultKind Kind, string Message, bool MayBeBilled = false, TimeSpan? RetryAfter = null)
{
    /// <summary>Whether the same call may succeed later with nothing mended.</summary>
    public bool IsTransient => Kind is FaultKind.RateLimited or FaultKind.ServerError or FaultKind.Unreachable
        or FaultKind.ConnectionLost or FaultKind.TimedOut or FaultKind.IdentityUnavailable;

    /// <summary>Whether the provider did answer, but with nothing usable. The search treats it as a bad answer and goes on.</summary>
    public bool IsBadAnswer => Kind is FaultKind.ContentFilter or FaultKind.TooLong or FaultKind.Malformed;

    /// <summary>The exception that carries this fault.</summary>
    public ProposerException ToException(Exception? cause = null) => this switch
    {
        { IsTransient: true } => new ProposerUnavailableException(this, cause),
        { IsBadAnswer: true } => new BadAnswerException(this, cause),
        _ => new ProposerRefusedException(this, cause),
    };
}
