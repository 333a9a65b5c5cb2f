using PelNas.Cli.Devices;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas devices delete</c>: removes a device of the user's.</summary>
internal static class DevicesDeleteCommand
{
    public static Command Create()
    {
        Argument<string> name = new("NAME") { Description = "Name of the device" };
        Option<string> dataset = DevicesCommand.Dataset();
        Option<string> data = CommonOptions.Data();
        Option<string?> store = CommonOptions.Store();
        Command command = new("delete", "Remove what is stored of a device for the data set. Searches that were planned with it keep to it.") { name, dataset, data, store };
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            using DeviceStore devices = DeviceStore.Open(parsed.GetValue(data)!, parsed.GetValue(store));
            string device = parsed.GetValue(name)!;
            await devices.RemoveAsync(device, parsed.GetValue(dataset)!, cancellationToken);
            Console.Out.WriteLine($"deleted {device} for {parsed.GetValue(dataset)}");
            return ExitCode.Done;
        });
        return command;
    }
}
