namespace PelNas.Shared.Common;

/// <summary>What is wrong with one field of a request.</summary>
/// <param name="Field">Name of the field as in JSON, for example <c>maxLabels</c>.</param>
/// <param name="Message">What is allowed and what to do, in one sentence that starts in lower case.</param>
public sealed record FieldError(string Field, string Message)
{
    /// <summary>All errors in one line, each with its field.</summary>
    public static string Describe(IEnumerable<FieldError> errors) => string.Join("; ", errors.Select(error => $"{error.Field}: {error.Message}"));
}
