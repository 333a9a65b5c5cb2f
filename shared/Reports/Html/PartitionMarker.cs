using System.Globalization;

namespace PelNas.Shared.Reports.Html;

/// <summary>
/// How a partition looks in a drawing: a colour and a shape, so that neither colour blindness nor a black-and-white print hides
/// which is which. Six of each, from palettes made for it (Okabe and Ito, without yellow), give 36 different markers.
/// </summary>
internal static class PartitionMarker
{
    private const int Kinds = 6;

    /// <summary>Class that carries the colour, see report.css.</summary>
    public static string Class(int partition) => "c" + (partition % Kinds).ToString(CultureInfo.InvariantCulture);

    /// <summary>Path of the shape around a centre. All shapes cover about the same area.</summary>
    public static string Path(int partition, double x, double y, double radius)
    {
        double r = radius;
        return ((partition + (partition / Kinds)) % Kinds) switch
        {
            0 => Arc(x, y, r),
            1 => Polygon(x, y, (-0.89 * r, -0.89 * r), (0.89 * r, -0.89 * r), (0.89 * r, 0.89 * r), (-0.89 * r, 0.89 * r)),
            2 => Polygon(x, y, (0, -1.35 * r), (1.17 * r, 0.67 * r), (-1.17 * r, 0.67 * r)),
            3 => Polygon(x, y, (0, -1.3 * r), (1.2 * r, 0), (0, 1.3 * r), (-1.2 * r, 0)),
            4 => Polygon(x, y, (0, 1.35 * r), (1.17 * r, -0.67 * r), (-1.17 * r, -0.67 * r)),
            _ => Cross(x, y, r),
        };
    }

    /// <summary>The marker of a partition, to stand in text.</summary>
    public static void WriteSwatch(MarkupWriter html, int partition)
    {
        using (html.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("viewBox", "0 0 14 14"), ("class", $"swatch {Class(partition)}"), ("aria-hidden", "true")))
        {
            html.Empty("path", ("d", Path(partition, 7, 7, 4.6)));
        }
    }

    private static string Arc(double x, double y, double r) =>
        $"M{C(x - r)} {C(y)}a{C(r)} {C(r)} 0 1 0 {C(2 * r)} 0a{C(r)} {C(r)} 0 1 0 {C(-2 * r)} 0z";

    private static string Cross(double x, double y, double r)
    {
        double a = 1.25 * r;
        double b = 0.42 * r;
        return Polygon(x, y, (-b, -a), (b, -a), (b, -b), (a, -b), (a, b), (b, b), (b, a), (-b, a), (-b, b), (-a, b), (-a, -b), (-b, -b));
    }

    private static string Polygon(double x, double y, params ReadOnlySpan<(double Dx, double Dy)> corners)
    {
        List<string> points = [];
        foreach ((double dx, double dy) in corners)
        {
            points.Add($"{C(x + dx)} {C(y + dy)}");
        }

        return $"M{string.Join('L', points)}z";
    }

    private static string C(double value) => ReportText.Coordinate(value);
}
