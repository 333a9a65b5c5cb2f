namespace PelNas.Shared.Llm.Faults;

/// <summary>What can go wrong between a prompt and its answer. docs/faults.md says what each does, costs and tells.</summary>
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

    /// <summary>The answer is longer than any that was asked for.</summary>
    TooLong,

    /// <summary>The answer is not what the provider's interface promises.</summary>
    Malformed,
}
