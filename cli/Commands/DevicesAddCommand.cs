using PelNas.Cli.Devices;
using PelNas.Shared.Devices;
using PelNas.Shared.Devices.Uploads;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas devices add</c>: makes a device from a file of measurements.</summary>
internal static class DevicesAddCommand
{
    private const string Measurements = "--measurements";

    public static Command Create()
    {
        Option<string> file = CommonOptions.Required(
            Measurements,
            "CSV with a header: index or architecture, and latency_ms, latency_us or latency_s; 'failed' where a cell does not run",
            "FILE");
        Option<bool> json = CommonOptions.Json();
        return DevicesCommand.Verb(
            "add",
            """
            Make a device from measured latencies, 5 cells or more, better 20.

            Rows of one cell are averaged, and show how noisy the device is. The latencies of all other cells are predicted from these and
            from the devices that ship. With all 15,625 cells it is a full table. What was stored of the device for the data set is
            replaced.

            Example:
              pelnas devices add my-board --measurements latencies.csv
            """,
            [file, json],
            async (parsed, devices, device, dataset, cancellationToken) =>
            {
                devices.CheckName(device);
                DeviceStore.CheckDataset(dataset);
                IReadOnlyList<MeasuredCell> cells = await ReadAsync(parsed.GetValue(file)!, devices.Tables.Space, cancellationToken);
                DeviceView.Write(await devices.PutAsync(device, dataset, cells, setup: null, cancellationToken), parsed.GetValue(json));
                return ExitCode.Done;
            });
    }

    private static async Task<IReadOnlyList<MeasuredCell>> ReadAsync(string path, ISearchSpace space, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"{Measurements}: there is no file '{path}'.");
        }

        MeasurementRows rows = new(space);
        MeasurementCsv.Read(await File.ReadAllBytesAsync(path, cancellationToken), rows);
        return rows.TryBuild("rows", out IReadOnlyList<MeasuredCell> cells, out IReadOnlyList<FieldError> errors)
            ? cells
            : throw new UsageException($"{Measurements}: {FieldError.Describe(errors)}.");
    }
}
