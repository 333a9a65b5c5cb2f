using System.Text;

namespace PelNas.Shared.Devices.Uploads;

/// <summary>
/// Reads measurements in CSV: a header with <c>index</c> or <c>architecture</c>, either of which takes an index or the notation, and
/// <c>latency_ms</c>, <c>latency_us</c> or <c>latency_s</c>, in any order, then one line per measurement. <c>failed</c> instead of a
/// latency says that the cell does not run.
/// </summary>
public static class MeasurementCsv
{
    /// <summary>A header.</summary>
    public const string Header = "index,latency_ms";

    private const string Index = "index";
    private const string Architecture = "architecture";
    private const string Failed = "failed";
    private const int QuotedLength = 40;

    private static readonly Dictionary<string, double> MsOf = new() { ["latency_ms"] = 1, ["latency_us"] = 0.001, ["latency_s"] = 1_000 };
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Adds every line to the rows, the wrong ones as errors.</summary>
    /// <param name="bytes">UTF-8, with or without a byte order mark.</param>
    public static void Read(byte[] bytes, MeasurementRows rows)
    {
        if (Text(bytes, out string? fault) is not { } text)
        {
            rows.Refuse("line 1", fault!);
            return;
        }

        using StringReader reader = new(text);
        string? header = reader.ReadLine();
        if (HeaderProblem(header, out string[] columns) is { } problem)
        {
            rows.Refuse("line 1", problem);
            return;
        }

        int number = 1;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                Add($"line {number}", line, columns, rows);
            }
        }
    }

    private static string? Text(byte[] bytes, out string? fault)
    {
        fault = bytes switch
        {
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => "the file is UTF-16; save it as UTF-8",
            [0x1F, 0x8B, ..] => "the file is compressed; unpack it first",
            [(byte)'P', (byte)'K', ..] => "the file is a spreadsheet or an archive; save it as CSV",
            _ when bytes.Contains((byte)0) => "the file has zero bytes, so it is no text; save it as CSV in UTF-8",
            _ => null,
        };
        if (fault is not null)
        {
            return null;
        }

        try
        {
            return Utf8.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException exception)
        {
            fault = $"the file is not UTF-8: byte {exception.Index + 1} does not belong to a character";
            return null;
        }
    }

    private static string? HeaderProblem(string? header, out string[] columns)
    {
        columns = [.. Fields(header ?? "").Select(column => column.Trim().ToLowerInvariant())];
        if (string.IsNullOrWhiteSpace(header))
        {
            return $"the file is empty; it begins with a header such as {Header}";
        }

        if (header.Contains(';', StringComparison.Ordinal) || header.Contains('\t', StringComparison.Ordinal))
        {
            return "fields are separated by semicolons or tabs; separate them by commas, with points in decimal numbers";
        }

        string[] known = [Index, Architecture, .. MsOf.Keys];
        if (columns.FirstOrDefault(column => !known.Contains(column)) is { } unknown)
        {
            return $"the header has '{UntrustedText.Line(unknown, QuotedLength)}'; the columns are {Index} or {Architecture}, and one of "
                + $"{string.Join(", ", MsOf.Keys)}";
        }

        return columns.GroupBy(column => column).FirstOrDefault(group => group.Skip(1).Any())?.Key is { } twice
            ? $"the header has {twice} twice"
                : columns.Count(column => column is Index or Architecture) != 1 ? $"the header must have either {Index} or {Architecture}"
                : columns.Count(MsOf.ContainsKey) != 1 ? $"the header must have one of {string.Join(", ", MsOf.Keys)}"
                : null;
    }

    private static void Add(string place, string line, string[] columns, MeasurementRows rows)
    {
        if (line.Count(letter => letter == '"') % 2 != 0)
        {
            rows.Refuse(place, "has a quote that is not closed");
            return;
        }

        List<string> fields = Fields(line);
        if (fields.Count != columns.Length)
        {
            string hint = fields.Count == columns.Length + 1
                && fields.All(field => !field.Contains('|', StringComparison.Ordinal) && field.Trim().All(char.IsAsciiDigit))
                ? "; a decimal number has a point, not a comma"
                : "";
            rows.Refuse(place, $"must have the fields {string.Join(',', columns)}, and has {fields.Count}{hint}");
            return;
        }

        if (CellProblem(fields, columns, rows, out int index) is { } cell)
        {
            rows.Refuse(place, cell);
        }
        else if (LatencyProblem(fields, columns, out double? latencyMs) is { } latency)
        {
            rows.Refuse(place, latency);
        }
        else
        {
            rows.Add(place, index, latencyMs);
        }
    }

    private static string? CellProblem(List<string> fields, string[] columns, MeasurementRows rows, out int index)
    {
        int place = Array.FindIndex(columns, column => column is Index or Architecture);
        string text = fields[place].Trim();
        if (text.Length == 0)
        {
            index = -1;
            return $"{columns[place]} is empty";
        }

        return rows.TryReadCell(text, out index, out string? error) ? null : $"{columns[place]}: {error}";
    }

    private static string? LatencyProblem(List<string> fields, string[] columns, out double? latencyMs)
    {
        int place = Array.FindIndex(columns, MsOf.ContainsKey);
        string text = fields[place].Trim();
        latencyMs = null;
        if (text.Length == 0)
        {
            return $"{columns[place]} is empty; write '{Failed}' where the cell does not run";
        }

        if (text.Equals(Failed, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out double latency))
        {
            latencyMs = latency * MsOf[columns[place]];
            return null;
        }

        string hint = text.Contains(',', StringComparison.Ordinal)
            ? "; a decimal number has a point, not a comma, and thousands are not separated"
            : "";
        return $"{columns[place]} '{UntrustedText.Line(text, QuotedLength)}' is not a number{hint}";
    }

    /// <summary>The fields of a line; commas in quotes do not separate.</summary>
    private static List<string> Fields(string line)
    {
        List<string> fields = [];
        StringBuilder field = new();
        bool isQuoted = false;
        foreach (char letter in line)
        {
            if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (letter == ',' && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(letter);
            }
        }

        fields.Add(field.ToString());
        return fields;
    }
}
