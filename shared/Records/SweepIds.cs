using System.Text.RegularExpressions;

namespace PelNas.Shared.Records;

/// <summary>
/// Ids of sweeps and of their orchestration instances: <c>sweep-yyyyMMdd</c> for the sweep of a night, <c>sweep-yyyyMMdd-HHmmss</c>
/// for one that somebody started. They sort by date.
/// </summary>
public static partial class SweepIds
{
    /// <summary>What every id begins with.</summary>
    public const string Prefix = "sweep-";

    /// <summary>The id of the sweep of a night.</summary>
    /// <param name="night">UTC date on which it was due.</param>
    public static string Nightly(DateOnly night) => $"{Prefix}{night:yyyyMMdd}";

    /// <summary>The id of a sweep that somebody started.</summary>
    public static string Started(DateTimeOffset at) => $"{Prefix}{at.UtcDateTime:yyyyMMdd-HHmmss}";

    /// <summary>Whether a text has the form of a sweep id.</summary>
    public static bool IsValid(string? text) => text is not null && Pattern().IsMatch(text);

    /// <summary>Refuses what is not a sweep id.</summary>
    public static void Check(string? sweepId, string name = "sweepId")
    {
        if (!IsValid(sweepId))
        {
            throw new ArgumentException(
                $"'{UntrustedText.Line(sweepId ?? "", 60)}' is not a sweep id. "
                    + "Sweep ids look like sweep-20260131 or sweep-20260131-235959.", name);
        }
    }

    // \z and not $: the latter lets a line break through at the end.
    [GeneratedRegex(@"\Asweep-[0-9]{8}(-[0-9]{6})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
