using Microsoft.AspNetCore.Http;
using PelNas.Shared.Common;
using PelNas.Shared.Records;

namespace PelNas.Functions.Http;

/// <summary>What came of reading JSON: a value, or why there is none.</summary>
/// <param name="Value">The value; null when the JSON was refused.</param>
/// <param name="Refusal">The answer to send in its place; null when there is a value.</param>
internal readonly record struct JsonReading<T>(T? Value, IResult? Refusal)
    where T : class
{
    /// <summary>The JSON is not well formed.</summary>
    public static JsonReading<T> Malformed(string detail) => new(null, Problems.MalformedJson(detail));

    /// <summary>The JSON is well formed, but some of its fields are wrong.</summary>
    public static JsonReading<T> Invalid(IReadOnlyCollection<FieldError> errors) => new(null, Problems.Invalid(errors));
}
