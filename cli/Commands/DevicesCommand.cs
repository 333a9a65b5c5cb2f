using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PelNas.Cli.Devices;
using PelNas.Functions;
using PelNas.Shared.Common;
using PelNas.Shared.Tables;
using Spectre.Console;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas devices</c>: lists the devices, and makes a device of one's own from measurements.</summary>
internal static class DevicesCommand
{
    public static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        Option<string> tables = CommonOptions.Tables();
        Option<string> data = CommonOptions.Data();
        Option<string?> store = CommonOptions.Store();
        Command command = new(
            "devices",
            "List the devices with their data sets, batch size, precision and unit, and where their latencies come from, or make one of your own from a handful of measurements:\n"
            + "'suggest' names the cells to measure, 'measure' measures them on this machine, 'add' takes measurements from elsewhere.")
        {
            tables, data, store, json,
            DevicesSuggestCommand.Create(), DevicesMeasureCommand.Create(), DevicesAddCommand.Create(), DevicesPredictCommand.Create(),
        };
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            IReadOnlyList<DeviceInfo> devices;
            if (parsed.GetValue(tables) is { Length: > 0 } folder)
            {
                devices = PelNasServices.OpenTables(folder).Devices;
            }
            else
            {
                using DeviceStore known = DeviceStore.Open(parsed.GetValue(data)!, parsed.GetValue(store));
                devices = await known.ListAsync(cancellationToken);
            }

            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(devices, PelNasJson.Indented));
            }
            else
            {
                Write(Terminal.Output(), devices);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The data set whose networks are measured.</summary>
    public static Option<string> Dataset() => new("--dataset")
    {
        Description = "Data set whose networks the latencies are of: cifar10, cifar100, imagenet16-120, or one of your own",
        HelpName = "NAME",
        DefaultValueFactory = _ => "cifar10",
    };

    private static string Describe(DeviceInfo device) => device.Infeasible == 0
        ? device.Description
        : string.Create(CultureInfo.InvariantCulture, $"{device.Description}; cannot run {device.Infeasible:N0} of the architectures");

    private static void Write(IAnsiConsole console, IReadOnlyList<DeviceInfo> devices)
    {
        Table table = Terminal.Table("device", "data sets", "latency", "unit", "batch", "precision", "description");
        foreach (DeviceInfo device in devices)
        {
            table.AddRow(
                Markup.Escape(device.Name),
                Markup.Escape(string.Join(", ", device.Datasets)),
                device.LatencySource switch
                {
                    LatencySource.Measured => "measured",
                    LatencySource.Uploaded => "of a user",
                    _ => "simulated",
                },
                DeviceInfo.Unit,
                device.BatchSize?.ToString(CultureInfo.InvariantCulture) ?? "not told",
                device.Precision ?? "not told",
                Markup.Escape(Describe(device)));
        }

        console.Write(table);
    }
}
