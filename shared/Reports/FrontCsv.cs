using System.Buffers;
using System.Globalization;
using System.Text;
using PelNas.Shared.Records;

namespace PelNas.Shared.Reports;

/// <summary>
/// A front as CSV (RFC 4180, but with plain line feeds): the fields of result.json under the same names, numbers as they
/// round-trip, nothing for null.
/// </summary>
public static class FrontCsv
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>A spreadsheet would run a text that begins with one of these as a formula; the wide forms too.</summary>
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20");

    /// <summary>The whole file.</summary>
    public static string Format(IEnumerable<FrontPoint> front)
    {
        ArgumentNullException.ThrowIfNull(front);
        StringBuilder csv = new("index,architecture,accuracy,predictedAccuracy,latencyMs,paramsM,flopsM,partition,generation\n");
        foreach (FrontPoint point in front)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{point.Index},{Text(point.Architecture)},{point.Accuracy:R},{point.PredictedAccuracy:R},");
            csv.Append(CultureInfo.InvariantCulture, $"{point.LatencyMs:R},{point.ParamsM:R},{point.FlopsM:R},{point.Partition},{point.Generation}\n");
        }

        return csv.ToString();
    }

    private static string Text(string value)
    {
        string safe = value.Length > 0 && Formula.Contains(value[0]) ? "'" + value : value;
        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
