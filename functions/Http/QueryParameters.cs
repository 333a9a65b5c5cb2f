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
    public int? WholeNumber(string name, int least, int most) => Read<int?>(
        name,
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : null,
        $"a whole number from {least} to {most}");

    /// <summary>A finite number over 0, or null when it is not given.</summary>
    public double? Positive(string name) => Read<double?>(
        name,
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number > 0
            && double.IsFinite(number)
            ? number
            : null,
        "a number over 0");

    /// <summary>One of the given texts, case aside, or null when it is not given.</summary>
    public string? OneOf(string name, params IReadOnlyList<string> allowed) => Read(
        name,
        text => allowed.FirstOrDefault(value => value.Equals(text, StringComparison.OrdinalIgnoreCase)),
        $"one of {string.Join(", ", allowed)}");

    private T? Read<T>(string name, Func<string, T?> parse, string expected)
    {
        if (Text(name) is not { } text)
        {
            return default;
        }

        T? value = parse(text);
        if (value is null)
        {
            _errors.Add(name, $"'{UntrustedText.Cut(text, 60)}' is not allowed; give {expected}");
        }

        return value;
    }
}
