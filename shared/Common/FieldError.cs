namespace PelNas.Shared.Common;

/// <summary>What is wrong with one field of a request.</summary>
/// <param name="Field">Name of the field as in JSON, for example <c>maxLabels</c>.</param>
/// <param name="Message">What is allowed and what to do, in one sentence that starts in lower case.</param>
public sealed record FieldError(string Field, string Message)
{
    /// <summary>All errors in one line, each with its field.</summary>
    public static string Describe(IEnumerable<FieldError> errors)
        => string.Join("; ", errors.Select(error => $"{error.Field}: {error.Message}"));
}

/// <summary>Checks of numbers and names, each of which adds what is wrong with a field to a list.</summary>
public static class FieldChecks
{
    /// <summary>Adds what is wrong with a field.</summary>
    public static void Add(this ICollection<FieldError> errors, string field, string message) => errors.Add(new FieldError(field, message));

    /// <summary>Refuses a whole number out of a range.</summary>
    public static void CheckRange(this ICollection<FieldError> errors, string field, int? value, int least, int most)
    {
        if (value < least || value > most)
        {
            errors.Add(field, $"{value} is not allowed; give a whole number from {least} to {most}");
        }
    }

    /// <summary>Refuses a name that is none of those there are, with the nearest.</summary>
    public static void CheckName(this ICollection<FieldError> errors, string field, string? value, IReadOnlyList<string> names)
    {
        if (value is not null && !names.Contains(value))
        {
            errors.Add(field, NearMiss.Unknown(value, names));
        }
    }

    /// <summary>Refuses a limit that is no number over 0, or of 0 or more. Null is no limit.</summary>
    public static void CheckLimit(this ICollection<FieldError> errors, string field, double? value, bool allowZero = false)
    {
        if (value is { } number && !(double.IsFinite(number) && (allowZero ? number >= 0 : number > 0)))
        {
            errors.Add(
                field, $"{number} is not allowed; give a number {(allowZero ? "of 0 or more" : "over 0")}, or leave it out for no limit");
        }
    }
}
