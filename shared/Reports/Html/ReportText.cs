using System.Text;

namespace PelNas.Shared.Reports.Html;

/// <summary>Makes text and numbers fit to stand in a page.</summary>
internal static class ReportText
{
    /// <summary>
    /// Escapes for element content and quoted attributes. What could change how the rest of the page reads, or is no text at all
    /// (direction controls, control characters, halves of surrogate pairs), becomes the replacement character.
    /// </summary>
    public static void AppendEscaped(StringBuilder page, string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&':
                    page.Append("&amp;");
                    break;
                case '<':
                    page.Append("&lt;");
                    break;
                case '>':
                    page.Append("&gt;");
                    break;
                case '"':
                    page.Append("&quot;");
                    break;
                case '\'':
                    page.Append("&#39;");
                    break;
                case '\n' or '\r' or '\t':
                    page.Append(' ');
                    break;
                default:
                    page.Append(IsHarmful(rune) ? Rune.ReplacementChar.ToString() : rune.ToString());
                    break;
            }
        }
    }

    /// <summary>A number with a fixed count of decimals.</summary>
    public static string Fixed(double value, int decimals)
        => value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A number with a fixed count of decimals, or a dash for none.</summary>
    public static string Fixed(double? value, int decimals) => value is { } number ? Fixed(number, decimals) : "–";

    /// <summary>A coordinate in a drawing.</summary>
    public static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A time, to the second.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static bool IsHarmful(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        // Cf holds the direction controls, but also the joiners that some scripts and emoji need.
        UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D),
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.OtherNotAssigned => true,
        _ => false,
    };
}
