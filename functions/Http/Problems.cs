using System.Net.Mime;
using System.Text.Json.Serialization;

namespace PelNas.Functions.Http;

/// <summary>Makes the error answers of the API, each a <see cref="Problem"/>.</summary>
internal static class Problems
{
    private const string TypePrefix = "urn:pelnas:problem:";

    /// <summary>400: some fields are at fault.</summary>
    public static RefusedException Invalid(IReadOnlyCollection<FieldError> errors)
    {
        string detail = FieldError.Describe(errors);
        return new(new Problem(
            TypePrefix + ProblemCodes.InvalidRequest, "Invalid request", StatusCodes.Status400BadRequest, detail, ByField(errors)));
    }

    /// <summary>Refuses the request with 400 where some fields are at fault.</summary>
    /// <exception cref="RefusedException">They are.</exception>
    public static void Check(IReadOnlyCollection<FieldError> errors)
    {
        if (errors.Count > 0)
        {
            throw Invalid(errors);
        }
    }

    /// <summary>400: one field, parameter or header is at fault.</summary>
    public static RefusedException Invalid(string field, string message) => Invalid([new FieldError(field, message)]);

    /// <summary>400: the continuation token is not one of the list.</summary>
    public static RefusedException InvalidContinuation()
        => Invalid("continuation", "is not a token of this list; pass the token of the last page unchanged, or none for the first page");

    /// <summary>400: the body is not JSON. The detail says where it stops being so.</summary>
    public static RefusedException MalformedJson(string detail)
        => Of(StatusCodes.Status400BadRequest, ProblemCodes.MalformedJson, "Malformed JSON", detail);

    /// <summary>400, 408 or 413: the web server could not read the request to its end.</summary>
    public static RefusedException Unreadable(BadHttpRequestException fault)
        => Of(fault.StatusCode, ProblemCodes.UnreadableRequest, "Unreadable request", fault.Message);

    /// <summary>404: there is no such thing.</summary>
    public static RefusedException NotFound(string detail) => Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "Not found", detail);

    /// <summary>404 with a code that says which part of the address leads nowhere.</summary>
    public static RefusedException NotFound(string code, string title, string detail)
        => Of(StatusCodes.Status404NotFound, code, title, detail);

    /// <summary>409: the state of things does not allow it.</summary>
    public static RefusedException Conflict(string detail) => Of(StatusCodes.Status409Conflict, ProblemCodes.Conflict, "Conflict", detail);

    /// <summary>409: the idempotency key stands for another request.</summary>
    public static RefusedException KeyReused(string started) => Of(
        StatusCodes.Status409Conflict,
        ProblemCodes.KeyReused,
        "Idempotency key reused",
        $"The {IdempotencyKeys.Header} was used before with another request; use a new key for a new {started}.");

    /// <summary>413: the body has more bytes than allowed.</summary>
    public static RefusedException BodyTooLarge(int maxBytes) => Of(
        StatusCodes.Status413PayloadTooLarge, ProblemCodes.BodyTooLarge, "Body too large",
        $"The body is larger than the {maxBytes / 1024} KiB that are read here.");

    /// <summary>415: the content type is not read here.</summary>
    public static RefusedException UnsupportedMediaType(string? contentType, params IReadOnlyList<string> allowed) => Of(
        StatusCodes.Status415UnsupportedMediaType,
        ProblemCodes.UnsupportedMediaType,
        "Unsupported media type",
        $"The body is {(string.IsNullOrEmpty(contentType) ? "of no stated content type" : $"'{UntrustedText.Cut(contentType, 60)}'")}; "
            + $"send {string.Join(" or ", allowed)} in UTF-8.");

    /// <summary>503 when the store will do again by itself, 500 when somebody has to mend it.</summary>
    public static RefusedException OfStore(StoreException fault) => fault.Kind switch
    {
        StoreFaultKind.Passing =>
            Of(StatusCodes.Status503ServiceUnavailable, ProblemCodes.StoreUnavailable, "Store unavailable", fault.Message),
        StoreFaultKind.NotPermitted =>
            Of(StatusCodes.Status500InternalServerError, ProblemCodes.StoreNotPermitted, "Store not permitted", fault.Message),
        _ => Of(StatusCodes.Status500InternalServerError, ProblemCodes.StoreFault, "Store fault", fault.Message),
    };

    /// <summary>500: nobody has foreseen it. The log says more under the id.</summary>
    public static RefusedException Internal(string traceId) => new(new Problem(
        TypePrefix + ProblemCodes.InternalError,
        "Internal error",
        StatusCodes.Status500InternalServerError,
        "The request failed. The log has the reason under the trace id.",
        TraceId: traceId));

    private static RefusedException Of(int status, string code, string title, string detail)
        => new(new Problem(TypePrefix + code, title, status, detail));

    private static Dictionary<string, IReadOnlyList<string>> ByField(IEnumerable<FieldError> errors) => errors
        .GroupBy(error => error.Field, StringComparer.Ordinal)
        .ToDictionary(
            group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(error => error.Message)], StringComparer.Ordinal);
}

/// <summary>Ends a request that is refused; <see cref="FaultAnswers"/> sends the problem.</summary>
internal sealed class RefusedException(Problem problem) : Exception(problem.Detail)
{
    /// <summary>The answer.</summary>
    public IResult Answer
        => Results.Text(PelNasJson.Serialize(problem), MediaTypeNames.Application.ProblemJson, statusCode: problem.Status);
}

/// <summary>An error answer, <c>application/problem+json</c> (RFC 9457).</summary>
/// <param name="Type">
/// What kind of problem it is, for programs: <c>urn:pelnas:problem:</c> and a code of <see cref="ProblemCodes"/>.
/// </param>
/// <param name="Title">The kind of problem in a few words, the same each time.</param>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Detail">What is wrong this time and what to do about it.</param>
/// <param name="Errors">By field, what is wrong with it; absent when no field is at fault.</param>
/// <param name="TraceId">The id under which the log says more; absent when the detail says all there is to say.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? TraceId = null);

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

    /// <summary>404: the search is there, but what was requested has not been made yet.</summary>
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
