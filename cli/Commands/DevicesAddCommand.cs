using PelNas.Cli.Devices;
using PelNas.Shared.Devices;
using PelNas.Shared.Devices.Uploads;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas devices add</c>: makes a device from a file of measurements.</summary>
internal static class DevicesAddCommand
{
    private const string Measurements = "--measurements";

    public static Command Create()
    {
        Argument<string> name = new("NAME") { Description = "Name of the device" };
        Option<string> file = new(Measurements)
        {
            Description = "CSV with a header: index or architecture, and latency_ms, latency_us or latency_s; 'failed' where a cell does not run",
            HelpName = "FILE",
            Required = true,
        };
        Option<string> dataset = DevicesCommand.Dataset();
        Option<string> data = CommonOptions.Data();
        Option<string?> store = CommonOptions.Store();
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "add",
            "Make a device from measured latencies, 5 cells or more, better 20. Rows of one cell are averaged, and show how noisy the device is.\n"
            + "The latencies of all other cells are predicted from these and from the devices that ship. With all 15,625 cells it is a full table.\n"
            + "What was stored of the device for the data set is replaced.\n\n"
            + "Example:\n"
            + "  pelnas devices add my-board --measurements latencies.csv")
        {
            name, file, dataset, data, store, json,
        };
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            using DeviceStore devices = DeviceStore.Open(parsed.GetValue(data)!, parsed.GetValue(store));
            string device = parsed.GetValue(name)!;
            devices.CheckName(device);
            DeviceStore.CheckDataset(parsed.GetValue(dataset)!);
            MeasurementRows rows = new(devices.Tables.Space);
            string path = parsed.GetValue(file)!;
            if (!File.Exists(path))
            {
                throw new UsageException($"{Measurements}: there is no file '{path}'.");
            }

            MeasurementCsv.Read(await File.ReadAllBytesAsync(path, cancellationToken), rows);
            if (!rows.TryBuild("rows", out IReadOnlyList<MeasuredCell> cells, out IReadOnlyList<FieldError> errors))
            {
                throw new UsageException($"{Measurements}: {FieldError.Describe(errors)}.");
            }

            DeviceView.Write(await devices.PutAsync(device, parsed.GetValue(dataset)!, cells, setup: null, cancellationToken), parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }
}
