using System.Buffers;
using System.Text;
using PelNas.Shared.Records;

namespace PelNas.Shared.Reports;

/// <summary>
/// A front as CSV (RFC 4180, but with plain line feeds): the fields of result.json under the same names, numbers as they
/// round-trip, nothing for null. The last column says in every line which of the accuracies the search saw.
/// </summary>
public static class FrontCsv
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>A spreadsheet would run a text that begins with one of these as a formula; the wide forms too.</summary>
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20");

    /// <summary>The whole file.</summary>
    /// <param name="labelsFrom">Which accuracies the labels were.</param>
    public static string Format(IEnumerable<FrontPoint> front, string labelsFrom)
    {
        StringBuilder csv = new(
            "index,architecture,accuracy,validationAccuracy,testAccuracy,predictedAccuracy,latencyMs,latencyFrom,latencyLowMs,"
                + "latencyHighMs,energyMj,paramsM,flopsM,partition,generation,hasPath,labelsFrom\n");
        foreach (FrontPoint point in front)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{point.Index},{Text(point.Architecture)},{point.Accuracy:R},");
            csv.Append(
                CultureInfo.InvariantCulture, $"{point.ValidationAccuracy:R},{point.TestAccuracy:R},{point.PredictedAccuracy:R},");
            csv.Append(
                CultureInfo.InvariantCulture,
                $"{point.LatencyMs:R},{point.LatencyFrom},{point.LatencyLowMs:R},{point.LatencyHighMs:R},{point.EnergyMj:R},");
            csv.Append(
                CultureInfo.InvariantCulture, $"{point.ParamsM:R},{point.FlopsM:R},{point.Partition},{point.Generation},");
            csv.Append(point.HasPath ? "true," : "false,").Append(labelsFrom).Append('\n');
        }

        return csv.ToString();
    }

    private static string Text(string value)
    {
        string safe = value.Length > 0 && Formula.Contains(value[0]) ? "'" + value : value;
        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
