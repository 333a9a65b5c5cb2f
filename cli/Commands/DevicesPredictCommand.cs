using PelNas.Shared.Devices;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas devices predict</c>: writes the latency of every cell on a device of the user's.</summary>
internal static class DevicesPredictCommand
{
    public static Command Create()
    {
        Option<string> output = CommonOptions.Required("--output", "The file, or - for stdout", "FILE");
        return DevicesCommand.Verb(
            "predict",
            """
            Write the latency of every cell, measured or predicted.

            The columns are index,latency_ms,low_ms,high_ms, the last two the interval that nine of ten such latencies lie in. A cell that
            does not run is left out.
            """,
            [output],
            async (parsed, devices, device, dataset, cancellationToken) =>
            {
                DeviceTable table = await devices.GetAsync(device, dataset, cancellationToken);
                await OutputFile.WriteAsync(parsed.GetValue(output)!, stream => WriteAsync(stream, table), said: null, cancellationToken);
                return ExitCode.Done;
            });
    }

    private static async Task WriteAsync(Stream stream, DeviceTable table)
    {
        await using StreamWriter file = new(stream, leaveOpen: true) { NewLine = "\n" };
        await file.WriteLineAsync("index,latency_ms,low_ms,high_ms");
        for (int index = 0; index < table.LatencyMs.Length; index++)
        {
            double latency = table.LatencyMs[index];
            if (double.IsFinite(latency))
            {
                (double low, double high) = LatencyInterval.Of(latency, table.Measured?.DeviationMs[index] ?? 0);
                await file.WriteLineAsync($"{index},{latency:G6},{low:G6},{high:G6}");
            }
        }
    }
}
