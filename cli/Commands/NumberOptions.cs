using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace PelNas.Cli.Commands;

/// <summary>Options with a number, whose errors say what is allowed in words rather than by the name of a type.</summary>
internal static class NumberOptions
{
    /// <summary>A number with a default.</summary>
    public static Option<int> Whole(string name, string description, int fallback, string allowed) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => fallback,
        CustomParser = result => Parse<int>(result, NumberStyles.Integer, name, allowed) ?? 0,
    };

    /// <summary>A number that may be left out.</summary>
    public static Option<int?> OptionalWhole(string name, string description, string allowed) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Parse<int>(result, NumberStyles.Integer, name, allowed),
    };

    /// <summary>A number with a fraction that may be left out.</summary>
    public static Option<double?> Optional(string name, string description, string unit, string allowed) => new(name)
    {
        Description = description,
        HelpName = unit,
        CustomParser = result => Parse<double>(result, NumberStyles.Float, name, allowed),
    };

    private static T? Parse<T>(ArgumentResult result, NumberStyles styles, string name, string allowed)
        where T : struct, INumberBase<T>
    {
        string text = result.Tokens[0].Value;
        if (T.TryParse(text, styles, CultureInfo.InvariantCulture, out T value))
        {
            return value;
        }

        result.AddError($"{name}: '{text}' is not allowed; give {allowed}.");
        return null;
    }
}
