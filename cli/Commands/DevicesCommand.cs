using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using PelNas.Functions;
using PelNas.Shared.Common;
using PelNas.Shared.Tables;
using Spectre.Console;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas devices</c>: lists the devices and the data sets they have latencies for.</summary>
internal static class DevicesCommand
{
    public static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        Option<string> tables = CommonOptions.Tables();
        Command command = new("devices", "List the devices with their data sets, batch size, precision and unit, and where their latencies come from.") { tables, json };
        command.SetAction(parsed =>
        {
            IReadOnlyList<DeviceInfo> devices = PelNasServices.OpenTables(parsed.GetValue(tables)!).Devices;
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

    private static string Describe(DeviceInfo device) => device.Infeasible == 0
        ? device.Description
        : string.Create(CultureInfo.InvariantCulture, $"{device.Description}; cannot run {device.Infeasible:N0} of the architectures");

    private static void Write(IAnsiConsole console, IReadOnlyList<DeviceInfo> devices)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("device", "data sets", "latency", "unit", "batch", "precision", "description");
        foreach (DeviceInfo device in devices)
        {
            table.AddRow(
                Markup.Escape(device.Name),
                Markup.Escape(string.Join(", ", device.Datasets)),
                device.LatencySource == LatencySource.Measured ? "measured" : "simulated",
                DeviceInfo.Unit,
                device.BatchSize?.ToString(CultureInfo.InvariantCulture) ?? "not told",
                device.Precision ?? "not told",
                Markup.Escape(Describe(device)));
        }

        console.Write(table);
    }
}
