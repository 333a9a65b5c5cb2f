using PelNas.Cli.Devices;
using PelNas.Shared.Devices;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas devices predict</c>: writes the latency of every cell on a device of the user's.</summary>
internal static class DevicesPredictCommand
{
    public static Command Create()
    {
        Argument<string> name = new("NAME") { Description = "Name of the device" };
        Option<string> dataset = DevicesCommand.Dataset();
        Option<string> output = new("--output") { Description = "The file, or - for stdout", HelpName = "FILE", Required = true };
        Option<string> data = CommonOptions.Data();
        Option<string?> store = CommonOptions.Store();
        Command command = new(
            "predict",
            "Write index,latency_ms,low_ms,high_ms of every cell: what was measured or is predicted, and the interval that nine of ten lie in.\n"
            + "A cell that does not run is left out.")
        {
            name, dataset, output, data, store,
        };
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            using DeviceStore devices = DeviceStore.Open(parsed.GetValue(data)!, parsed.GetValue(store));
            DeviceTable table = await devices.GetAsync(parsed.GetValue(name)!, parsed.GetValue(dataset)!, cancellationToken);
            OutputFile.Write(parsed.GetValue(output)!, stream =>
            {
                using StreamWriter file = new(stream) { NewLine = "\n" };
                file.WriteLine("index,latency_ms,low_ms,high_ms");
                for (int index = 0; index < table.LatencyMs.Length; index++)
                {
                    double latency = table.LatencyMs[index];
                    if (double.IsFinite(latency))
                    {
                        (double low, double high) = LatencyInterval.Of(latency, table.Measured?.DeviationMs[index] ?? 0);
                        file.WriteLine($"{index},{latency:G6},{low:G6},{high:G6}");
                    }
                }
            });
            return ExitCode.Done;
        });
        return command;
    }
}
