using PelNas.Cli.Devices;
using PelNas.Functions;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas devices</c>: lists the devices, and makes a device of one's own from measurements.</summary>
internal static class DevicesCommand
{
    public static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        Option<string> tables = CommonOptions.Tables();
        StoreOptions store = new();
        Command command = new(
            "devices",
            """
            List the devices, or make one of your own from a handful of measurements.

            Without a verb it lists them with their data sets, batch size, precision and unit, and where their latencies come from.
            'suggest' names the cells to measure, 'measure' measures them on this machine, 'add' takes measurements from elsewhere.
            """)
        {
            tables, store.Data, store.Store, json,
            DevicesSuggestCommand.Create(), DevicesMeasureCommand.Create(),
            DevicesAddCommand.Create(), Show(), DevicesPredictCommand.Create(), Delete(),
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
                using DeviceStore known = DeviceStore.Open(parsed, store);
                devices = await known.ListAsync(cancellationToken);
            }

            Verbs.Write(parsed.GetValue(json), devices, () => Write(devices));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A verb on one device for one data set.</summary>
    /// <param name="name">Name of the verb.</param>
    /// <param name="symbols">What else it takes.</param>
    /// <param name="run">
    /// Does it, with the devices of the store, the name of the device and that of the data set; returns the exit code.
    /// </param>
    /// <param name="ofDevice">What is said of the device's name.</param>
    public static Command Verb(
        string name,
        string description,
        Option[] symbols,
        Func<ParseResult, DeviceStore, string, string, CancellationToken, Task<int>> run,
        string ofDevice = "Name of the device")
    {
        Argument<string> device = new("NAME") { Description = ofDevice };
        Option<string> dataset = Dataset();
        StoreOptions store = new();
        Command command = new(name, description) { device };
        command.AddAll([.. symbols, dataset, store.Data, store.Store]);
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            using DeviceStore devices = DeviceStore.Open(parsed, store);
            return await run(parsed, devices, parsed.GetValue(device)!, parsed.GetValue(dataset)!, cancellationToken);
        });
        return command;
    }

    private static Command Show()
    {
        Option<bool> json = CommonOptions.Json();
        return Verb(
            "show",
            "Say how many cells of a device are measured, and how well each is predicted from the others.",
            [json],
            async (parsed, devices, device, dataset, cancellationToken) =>
            {
                DeviceView.Write(await devices.GetAsync(device, dataset, cancellationToken), parsed.GetValue(json));
                return ExitCode.Done;
            });
    }

    private static Command Delete() => Verb(
        "delete",
        """
        Remove what is stored of a device for the data set.

        Searches that were planned with it keep to it.
        """,
        [],
        async (_, devices, device, dataset, cancellationToken) =>
        {
            await devices.RemoveAsync(device, dataset, cancellationToken);
            Console.Out.WriteLine($"deleted {device} for {dataset}");
            return ExitCode.Done;
        });

    /// <summary>The data set whose networks are measured.</summary>
    public static Option<string> Dataset() => new("--dataset")
    {
        Description = "Data set whose networks the latencies are of: cifar10, cifar100, imagenet16-120, or one of your own",
        HelpName = "NAME",
        DefaultValueFactory = _ => "cifar10",
        CustomParser = result => result.Tokens.Single().Value.ToLowerInvariant(),
    };

    private static void Write(IReadOnlyList<DeviceInfo> devices)
    {
        FittedTable table = new(Terminal.Columns());
        table.Add("device", 0, devices.Select(device => device.Name), isText: true);
        table.Add("data sets", 5, devices.Select(device => string.Join(", ", device.Datasets)), isText: true);
        table.Add($"latency, {DeviceInfo.Unit}", 0, devices.Select(device => device.LatencySource switch
        {
            LatencySource.Measured => "measured",
            LatencySource.Uploaded => "of a user",
            _ => "simulated",
        }), isText: true);
        table.Add("batch", 2, devices.Select(device => device.BatchSize?.ToString(CultureInfo.InvariantCulture) ?? ""));
        table.Add("precision", 4, devices.Select(device => device.Precision ?? ""), isText: true);
        table.Add("cannot run", 3,
            devices.Select(device => device.Infeasible == 0 ? "" : device.Infeasible.ToString("N0", CultureInfo.InvariantCulture)));
        table.Add("description", 1, devices.Select(device => device.Description), isText: true);
        table.Write(Terminal.Output());
    }
}
