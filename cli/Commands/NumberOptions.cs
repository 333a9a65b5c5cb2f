using System.CommandLine.Parsing;
using System.Numerics;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Cli.Commands;

/// <summary>Options with a number, whose errors say what is allowed in words rather than by the name of a type.</summary>
internal static class NumberOptions
{
    public static Option<int> Channels(int fallback)
        => Whole("--channels", "C of the network", fallback, 1, NetworkShape.MaxChannels);

    public static Option<int> Cells(int fallback)
        => Whole("--cells", "N of the network; the benchmark trains C = 16, N = 5", fallback, 1, NetworkShape.MaxCells);

    public static Option<int?> ImageSize(string description)
        => OptionalWhole("--image-size", description, NetworkShape.MinResolution, NetworkShape.MaxResolution);

    /// <summary>How much is done at the same time; as many as there are processors by default.</summary>
    public static Option<int> Workers(string description, int most)
        => Whole("--workers", description, Math.Min(Environment.ProcessorCount, most), 1, most);

    /// <summary>A whole number with a default.</summary>
    public static Option<int> Whole(string name, string description, int fallback, int least = int.MinValue, int most = int.MaxValue)
        => new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => fallback,
            CustomParser = result => Parse(result, NumberStyles.Integer, name, least, most, Range(least, most)) ?? 0,
        };

    /// <summary>A whole number that may be left out.</summary>
    public static Option<int?> OptionalWhole(string name, string description, int least = int.MinValue, int most = int.MaxValue)
        => new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result => Parse(result, NumberStyles.Integer, name, least, most, Range(least, most)),
        };

    /// <summary>A number over 0, with a default.</summary>
    public static Option<double> Positive(string name, string description, string unit, double fallback, double most)
        => new(name)
        {
            Description = description,
            HelpName = unit,
            DefaultValueFactory = _ => fallback,
            CustomParser = result =>
                Parse(result, NumberStyles.Float, name, double.Epsilon, most, $"a number over 0 and up to {most:N0}") ?? 0,
        };

    /// <summary>A number with a fraction that may be left out.</summary>
    public static Option<double?> Optional(string name, string description, string unit, string allowed) => new(name)
    {
        Description = description,
        HelpName = unit,
        CustomParser = result => Parse(result, NumberStyles.Float, name, double.NegativeInfinity, double.PositiveInfinity, allowed),
    };

    private static string Range(int least, int most) => (least, most) switch
    {
        (int.MinValue, int.MaxValue) => "a whole number",
        (_, int.MaxValue) => $"a whole number of {least} or more",
        _ => $"a whole number from {least} to {most}",
    };

    private static T? Parse<T>(ArgumentResult result, NumberStyles styles, string name, T least, T most, string allowed)
        where T : struct, INumber<T>
    {
        string text = result.Tokens[0].Value;
        if (!T.TryParse(text, styles, CultureInfo.InvariantCulture, out T value))
        {
            text = $"'{text}'";
        }
        else if (value >= least && value <= most)
        {
            return value;
        }

        result.AddError($"{name}: {text} is not allowed; give {allowed}.");
        return null;
    }
}
