using System.Globalization;
using System.Text;
using PelNas.Shared.Common;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Functions.Http.Devices;

/// <summary>Reads an uploaded latency table in CSV: the header <c>index,latency_ms</c> or <c>architecture,latency_ms</c>, then a line an
/// architecture, by its index or its notation.</summary>
internal static class LatencyCsv
{
    /// <summary>The header line.</summary>
    public const string Header = "index,latency_ms";

    private const string ArchitectureHeader = "architecture,latency_ms";

    /// <summary>Adds every line to the table, the wrong ones as errors.</summary>
    public static void Read(byte[] utf8, LatencyTableBuilder table)
    {
        using StringReader reader = new(Encoding.UTF8.GetString(utf8).TrimStart('\uFEFF'));
        string? header = reader.ReadLine();
        if (header?.Trim() is not (Header or ArchitectureHeader))
        {
            table.Refuse("line 1", $"must be the header {Header} or {ArchitectureHeader}, not '{UntrustedText.Cut(header ?? "", 60)}'");
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
        else if (!CellText.TryRead(table.Space, fields[0], out int index, out string? error))
        {
            table.Refuse(place, error!);
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
