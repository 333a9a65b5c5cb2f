using PelNas.Shared.Records;

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

/// <summary>What can go wrong between a prompt and its answer. docs/faults.md says what each does, costs and reports.</summary>
public enum FaultKind
{
    /// <summary>401: the key or token is not accepted.</summary>
    Unauthorised,

    /// <summary>403: signed in, but not allowed.</summary>
    Forbidden,

    /// <summary>404: no such deployment, model or path.</summary>
    NotFound,

    /// <summary>400 and the like: the provider does not take the request.</summary>
    BadRequest,

    /// <summary>3xx: the provider points to another address. Not followed.</summary>
    Redirected,

    /// <summary>The certificate is not trusted, or no common TLS version.</summary>
    Tls,

    /// <summary>A replay has no answer to the prompt.</summary>
    NotRecorded,

    /// <summary>The run has a limit of dollars, and nobody knows what the model's tokens cost.</summary>
    Unpriced,

    /// <summary>429 too, but since the account has no credit left: waiting does not help.</summary>
    OutOfQuota,

    /// <summary>No token for want of an answer from the identity's service.</summary>
    IdentityUnavailable,

    /// <summary>429: too many requests or tokens a minute.</summary>
    RateLimited,

    /// <summary>408 and 5xx.</summary>
    ServerError,

    /// <summary>The name does not resolve or nobody listens.</summary>
    Unreachable,

    /// <summary>The connection broke before the whole answer was there.</summary>
    ConnectionLost,

    /// <summary>No whole answer within the time-out.</summary>
    TimedOut,

    /// <summary>The provider's content filter stopped the prompt or the answer.</summary>
    ContentFilter,

    /// <summary>The answer is longer than any that was requested.</summary>
    TooLong,

    /// <summary>The answer is not what the provider's interface promises.</summary>
    Malformed,
}

/// <summary>A call to the proposer failed. The kinds are types of their own, since a retry policy tells failures apart by type.</summary>
public abstract class ProposerException(ProposerFault fault, Exception? cause) : Exception(fault.Message, cause)
{
    /// <summary>What happened.</summary>
    public ProposerFault Fault { get; } = fault;
}

/// <summary>The proposer will not answer until somebody mends a setting. Asking again does not help.</summary>
public sealed class ProposerRefusedException(ProposerFault fault, Exception? cause = null) : ProposerException(fault, cause);

/// <summary>The proposer cannot answer now. Asking again later may help.</summary>
public sealed class ProposerUnavailableException(ProposerFault fault, Exception? cause = null) : ProposerException(fault, cause);

/// <summary>The proposer answered with nothing that can be read. The question's reply says so; a search never sees it.</summary>
public sealed class BadAnswerException(ProposerFault fault, Exception? cause = null) : ProposerException(fault, cause)
{
    /// <summary>What the call is charged, or null where it is on nobody's account.</summary>
    public ChatUsage? Charged { get; set; }
}
