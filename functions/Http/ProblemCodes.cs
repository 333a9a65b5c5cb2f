namespace PelNas.Functions.Http;

/// <summary>The codes that end a <see cref="Problem.Type"/>. Clients tell problems of one status apart by them.</summary>
public static class ProblemCodes
{
    /// <summary>400: a field, parameter or header is wrong; the errors name each.</summary>
    public const string InvalidRequest = "invalid-request";

    /// <summary>400: the body is not JSON.</summary>
    public const string MalformedJson = "malformed-json";

    /// <summary>400, 408 or 413: the request breaks off, or is none that the web server can read.</summary>
    public const string UnreadableRequest = "unreadable-request";

    /// <summary>404: there is no such search, device or sweep.</summary>
    public const string NotFound = "not-found";

    /// <summary>404: the search is there, but what was asked for has not been made yet.</summary>
    public const string NotYet = "not-yet";

    /// <summary>404: the search is there, but it has no such generation.</summary>
    public const string NoSuchGeneration = "no-such-generation";

    /// <summary>404: the search is there, but it has no such partition.</summary>
    public const string NoSuchPartition = "no-such-partition";

    /// <summary>409: the state of things does not allow what was asked.</summary>
    public const string Conflict = "conflict";

    /// <summary>409: the idempotency key was used before with another request.</summary>
    public const string KeyReused = "idempotency-key-reused";

    /// <summary>413: the body is too large.</summary>
    public const string BodyTooLarge = "body-too-large";

    /// <summary>503: the store is busy or cannot be reached; the same request may succeed later.</summary>
    public const string StoreUnavailable = "store-unavailable";

    /// <summary>500: the app's identity lacks a role on the storage account; the detail names it.</summary>
    public const string StoreNotPermitted = "store-not-permitted";

    /// <summary>500: the store is damaged, full or otherwise in need of somebody; the detail says what to do.</summary>
    public const string StoreFault = "store-fault";

    /// <summary>500: the app failed in a way that is not foreseen; the log has the reason under the problem's trace id.</summary>
    public const string InternalError = "internal-error";

    /// <summary>415: the body is of a content type that is not read here.</summary>
    public const string UnsupportedMediaType = "unsupported-media-type";
}
