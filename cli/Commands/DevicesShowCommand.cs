using PelNas.Cli.Devices;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas devices show</c>: says how much of a device of the user's is measured, and how well that predicts the rest.</summary>
internal static class DevicesShowCommand
{
    public static Command Create()
    {
        Argument<string> name = new("NAME") { Description = "Name of the device" };
        Option<string> dataset = DevicesCommand.Dataset();
        Option<string> data = CommonOptions.Data();
        Option<string?> store = CommonOptions.Store();
        Option<bool> json = CommonOptions.Json();
        Command command = new("show", "Say how many cells of a device are measured, and how well each is predicted from the others.") { name, dataset, data, store, json };
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            using DeviceStore devices = DeviceStore.Open(parsed.GetValue(data)!, parsed.GetValue(store));
            DeviceView.Write((await devices.GetAsync(parsed.GetValue(name)!, parsed.GetValue(dataset)!, cancellationToken)).Info, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }
}
