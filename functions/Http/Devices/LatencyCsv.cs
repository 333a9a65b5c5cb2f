using System.Globalization;
using System.Text;
using PelNas.Shared.Common;
using PelNas.Shared.Tables;

namespace PelNas.Functions.Http.Devices;

/// <summary>Reads an uploaded latency table in CSV: the header <c>index,latency_ms</c>, then a line an architecture.</summary>
internal static class LatencyCsv
{
    /// <summary>The header line.</summary>
    public const string Header = "index,latency_ms";

    /// <summary>Adds every line to the table, the wrong ones as errors.</summary>
    public static void Read(byte[] utf8, LatencyTableBuilder table)
    {
        using StringReader reader = new(Encoding.UTF8.GetString(utf8).TrimStart('\uFEFF'));
        string? header = reader.ReadLine();
        if (header?.Trim() != Header)
        {
            table.Refuse("line 1", $"must be the header {Header}, not '{UntrustedText.Cut(header ?? "", 60)}'");
            return;
        }

        int number = 1;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length > 0)
            {
                Add($"line {number}", line, table);
            }
        }
    }

    private static void Add(string place, string line, LatencyTableBuilder table)
    {
        string[] fields = line.Split(',');
        if (fields.Length != 2)
        {
            table.Refuse(place, $"must have two fields, {Header}, not {fields.Length}");
        }
        else if (!int.TryParse(fields[0], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int index))
        {
            table.Refuse(place, $"index '{UntrustedText.Cut(fields[0], 40)}' is not a whole number");
        }
        else if (!double.TryParse(fields[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double latency))
        {
            table.Refuse(place, $"latency_ms '{UntrustedText.Cut(fields[1], 40)}' is not a number");
        }
        else
        {
            table.Add(place, index, latency);
        }
    }
}
