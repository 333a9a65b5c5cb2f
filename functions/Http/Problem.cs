using System.Text.Json.Serialization;

namespace PelNas.Functions.Http;

/// <summary>An error answer, <c>application/problem+json</c> (RFC 9457).</summary>
/// <param name="Type">What kind of problem it is, for programs: <c>urn:pelnas:problem:</c> and a code of <see cref="ProblemCodes"/>.</param>
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
