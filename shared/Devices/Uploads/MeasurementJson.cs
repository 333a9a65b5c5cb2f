using System.Text.Json;

namespace PelNas.Shared.Devices.Uploads;

/// <summary>
/// Reads measurements in JSON: rows with <c>index</c> or <c>architecture</c>, either of which takes an index or the notation, and
/// <c>latencyMs</c>, <c>latencyUs</c>, <c>latencyS</c> or <c>failed</c> (true).
/// </summary>
public static class MeasurementJson
{
    private const string Index = "index";
    private const string Architecture = "architecture";
    private const string Failed = "failed";

    private static readonly Dictionary<string, double> MsOf = new() { ["latencyMs"] = 1, ["latencyUs"] = 0.001, ["latencyS"] = 1_000 };

    /// <summary>Adds every row of an array, the wrong ones as errors.</summary>
    public static void Read(JsonElement array, MeasurementRows rows)
    {
        int number = 0;
        foreach (JsonElement row in array.EnumerateArray())
        {
            string place = $"latencies[{number++}]";
            if (Problem(row) is { } problem)
            {
                rows.Refuse(place, problem);
            }
            else if (!TryGetIndex(row, rows, out int index, out string? error))
            {
                rows.Refuse(place, error!);
            }
            else
            {
                rows.Add(place, index, LatencyMs(row));
            }
        }
    }

    private static double? LatencyMs(JsonElement row)
        => MsOf.Keys.FirstOrDefault(unit => row.TryGetProperty(unit, out _)) is { } unit
            ? row.GetProperty(unit).GetDouble() * MsOf[unit]
            : null;

    private static string? Problem(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            return "must be an object with index or architecture, and latencyMs";
        }

        foreach (JsonProperty field in row.EnumerateObject())
        {
            if (field.Name is not (Index or Architecture or Failed) && !MsOf.ContainsKey(field.Name))
            {
                return $"has an unknown field '{UntrustedText.Line(field.Name, 40)}'; its fields are index or architecture, and "
                    + "latencyMs, latencyUs, latencyS or failed";
            }
        }

        JsonProperty[] values = [.. row.EnumerateObject().Where(field => field.Name == Failed || MsOf.ContainsKey(field.Name))];
        return values switch
        {
            [{ Name: Failed, Value.ValueKind: JsonValueKind.True }] => null,
            [{ Name: not Failed, Value.ValueKind: JsonValueKind.Number }] => null,
            [{ Name: Failed }] => "failed must be true, or left out",
            [_, _, ..] => "needs one of latencyMs, latencyUs, latencyS and failed, not several",
            _ => "needs latencyMs, a number of milliseconds, or latencyUs, latencyS or failed",
        };
    }

    private static bool TryGetIndex(JsonElement row, MeasurementRows rows, out int index, out string? error)
    {
        JsonProperty[] cells = [.. row.EnumerateObject().Where(field => field.Name is Index or Architecture)];
        if (cells is not [{ } cell])
        {
            index = -1;
            error = "needs either index or architecture";
            return false;
        }

        // A number is read as it is written, so that 0.5 is refused.
        bool isRead = rows.TryReadCell(cell.Value.ToString(), out index, out error);
        error = isRead ? null : $"{cell.Name}: {error}";
        return isRead;
    }
}
