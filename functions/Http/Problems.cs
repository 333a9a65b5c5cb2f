using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using PelNas.Shared.Common;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Http;

/// <summary>Makes the error answers of the API, each a <see cref="Problem"/>.</summary>
internal static class Problems
{
    private const string TypePrefix = "urn:pelnas:problem:";

    /// <summary>400: some fields are at fault.</summary>
    public static IResult Invalid(IReadOnlyCollection<FieldError> errors)
    {
        string detail = FieldError.Describe(errors);
        return Write(new Problem(TypePrefix + ProblemCodes.InvalidRequest, "Invalid request", StatusCodes.Status400BadRequest, detail, ByField(errors)));
    }

    /// <summary>400: one field, parameter or header is at fault.</summary>
    public static IResult Invalid(string field, string message) => Invalid([new FieldError(field, message)]);

    /// <summary>400: the continuation token is not one of the list.</summary>
    public static IResult InvalidContinuation()
        => Invalid("continuation", "is not a token of this list; pass the token of the last page unchanged, or none for the first page");

    /// <summary>400: the body is not JSON. The detail says where it stops being so.</summary>
    public static IResult MalformedJson(string detail) => Of(StatusCodes.Status400BadRequest, ProblemCodes.MalformedJson, "Malformed JSON", detail);

    /// <summary>400, 408 or 413: the web server could not read the request to its end.</summary>
    public static IResult Unreadable(BadHttpRequestException fault)
        => Of(fault.StatusCode, ProblemCodes.UnreadableRequest, "Unreadable request", fault.Message);

    /// <summary>404: there is no such thing.</summary>
    public static IResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "Not found", detail);

    /// <summary>404 with a code that tells which part of the address leads nowhere.</summary>
    public static IResult NotFound(string code, string title, string detail) => Of(StatusCodes.Status404NotFound, code, title, detail);

    /// <summary>409: the state of things does not allow it.</summary>
    public static IResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, ProblemCodes.Conflict, "Conflict", detail);

    /// <summary>409: the idempotency key stands for another request.</summary>
    public static IResult KeyReused(string detail) => Of(StatusCodes.Status409Conflict, ProblemCodes.KeyReused, "Idempotency key reused", detail);

    /// <summary>413: the body has more bytes than allowed.</summary>
    public static IResult BodyTooLarge(int maxBytes) => Of(
        StatusCodes.Status413PayloadTooLarge, ProblemCodes.BodyTooLarge, "Body too large", $"The body is larger than the {maxBytes / 1024} KiB that are read here.");

    /// <summary>415: the content type is not read here.</summary>
    public static IResult UnsupportedMediaType(string? contentType, params IReadOnlyList<string> allowed) => Of(
        StatusCodes.Status415UnsupportedMediaType,
        ProblemCodes.UnsupportedMediaType,
        "Unsupported media type",
        $"The body is {(string.IsNullOrEmpty(contentType) ? "of no stated content type" : $"'{UntrustedText.Cut(contentType, 60)}'")}; send {string.Join(" or ", allowed)} in UTF-8.");

    /// <summary>503 when the store will do again by itself, 500 when somebody has to mend it.</summary>
    public static IResult OfStore(StoreException fault) => fault.Kind switch
    {
        StoreFaultKind.Passing => Of(StatusCodes.Status503ServiceUnavailable, ProblemCodes.StoreUnavailable, "Store unavailable", fault.Message),
        StoreFaultKind.NotPermitted => Of(StatusCodes.Status500InternalServerError, ProblemCodes.StoreNotPermitted, "Store not permitted", fault.Message),
        _ => Of(StatusCodes.Status500InternalServerError, ProblemCodes.StoreFault, "Store fault", fault.Message),
    };

    /// <summary>500: nobody has foreseen it. The log says more under the id.</summary>
    public static IResult Internal(string traceId) => Write(new Problem(
        TypePrefix + ProblemCodes.InternalError,
        "Internal error",
        StatusCodes.Status500InternalServerError,
        "The request failed. The log has the reason under the trace id.",
        TraceId: traceId));

    private static IResult Of(int status, string code, string title, string detail) => Write(new Problem(TypePrefix + code, title, status, detail));

    private static IResult Write(Problem problem)
        => Results.Text(PelNasJson.Serialize(problem), MediaTypeNames.Application.ProblemJson, statusCode: problem.Status);

    private static Dictionary<string, IReadOnlyList<string>> ByField(IEnumerable<FieldError> errors) => errors
        .GroupBy(error => error.Field, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(error => error.Message)], StringComparer.Ordinal);
}
