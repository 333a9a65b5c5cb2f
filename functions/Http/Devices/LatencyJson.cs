using System.Text.Json;
using PelNas.Shared.Common;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Functions.Http.Devices;

/// <summary>Reads rows <c>{ "index" or "architecture", "latencyMs" }</c> of an uploaded latency table.</summary>
internal static class LatencyJson
{
    private const string Index = "index";
    private const string Architecture = "architecture";
    private const string LatencyMs = "latencyMs";

    /// <summary>Adds every row to the table, the wrong ones as errors.</summary>
    public static void Read(JsonElement rows, LatencyTableBuilder table)
    {
        int number = 0;
        foreach (JsonElement row in rows.EnumerateArray())
        {
            string place = $"latencies[{number++}]";
            if (Problem(row) is { } problem)
            {
                table.Refuse(place, problem);
            }
            else if (!TryGetIndex(row, table, out int index, out string? error))
            {
                table.Refuse(place, error!);
            }
            else
            {
                table.Add(place, index, row.GetProperty(LatencyMs).GetDouble());
            }
        }
    }

    private static string? Problem(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            return "must be an object with index or architecture, and latencyMs";
        }

        foreach (JsonProperty field in row.EnumerateObject())
        {
            if (field.Name is not (Index or Architecture or LatencyMs))
            {
                return $"has an unknown field '{UntrustedText.Cut(field.Name, 40)}'; its fields are index or architecture, and latencyMs";
            }
        }

        return row.TryGetProperty(LatencyMs, out JsonElement latency) && latency.ValueKind == JsonValueKind.Number ? null : "needs latencyMs, a number of milliseconds";
    }

    private static bool TryGetIndex(JsonElement row, LatencyTableBuilder table, out int index, out string? error)
    {
        bool hasIndex = row.TryGetProperty(Index, out JsonElement number);
        bool hasArchitecture = row.TryGetProperty(Architecture, out JsonElement text);
        index = -1;
        error = null;
        if (hasIndex == hasArchitecture)
        {
            error = "needs either index or architecture";
        }
        else if (hasArchitecture)
        {
            if (text.ValueKind == JsonValueKind.String)
            {
                return CellText.TryRead(table.Space, text.GetString()!, out index, out error);
            }

            error = "architecture must be a text";
        }
        else if (number.ValueKind != JsonValueKind.Number || !number.TryGetInt32(out index))
        {
            error = "index must be a whole number";
        }

        return error is null;
    }
}
