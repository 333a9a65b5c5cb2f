using System.Globalization;

namespace PelNas.Functions.Http;

/// <summary>Reads query parameters and collects what is wrong with them.</summary>
internal sealed class QueryParameters(HttpRequest request)
{
    private readonly List<FieldError> _errors = [];

    /// <summary>Refuses the request where something is wrong with the parameters read so far.</summary>
    /// <exception cref="RefusedException">It is.</exception>
    public void Check() => Problems.Check(_errors);

    /// <summary>A text, or null when it is not given.</summary>
    public string? Text(string name)
    {
        if (request.Query[name] is not { Count: > 0 } values)
        {
            return null;
        }

        if (values.Count > 1)
        {
            _errors.Add(name, "is given more than once");
        }

        return values[0];
    }

    /// <summary>A whole number, or null when it is not given.</summary>
    public int? WholeNumber(string name, int least, int most)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
        {
            return number;
        }

        _errors.Add(name, $"'{UntrustedText.Cut(text, 60)}' is not allowed; give a whole number from {least} to {most}");
        return null;
    }

    /// <summary>A finite number over 0, or null when it is not given.</summary>
    public double? Positive(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number > 0
            && double.IsFinite(number))
        {
            return number;
        }

        _errors.Add(name, $"'{UntrustedText.Cut(text, 60)}' is not allowed; give a number over 0");
        return null;
    }

    /// <summary>One of the given texts, case aside, or null when it is not given.</summary>
    public string? OneOf(string name, params IReadOnlyList<string> allowed)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (allowed.FirstOrDefault(value => value.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return found;
        }

        _errors.Add(name, $"'{UntrustedText.Cut(text, 60)}' is not allowed; give one of {string.Join(", ", allowed)}");
        return null;
    }
}
