using PelNas.Cli.Devices;
using PelNas.Shared.Devices;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas devices suggest</c>: names the cells to measure.</summary>
internal static class DevicesSuggestCommand
{
    public static Command Create()
    {
        Argument<string?> name = new("NAME")
        {
            Description = "Device that some cells were measured on; none for the first cells",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<int> count = NumberOptions.Whole("--count", "Number of cells", 20, 1, MeasurementChoice.MaxCount);
        Option<string> dataset = DevicesCommand.Dataset();
        StoreOptions store = new();
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "suggest",
            """
            Name the cells to measure on a device, the most telling first.

            Before any measurement they are the same for every device: small cells and large, spread over the space. For a device that has
            some, they are those that leave least uncertain of where the front lies. 'pelnas model INDEX --format onnx' writes the network
            of one.

            Examples:
              pelnas devices suggest --count 20 > cells.csv
              pelnas devices suggest my-board --count 10
            """)
        {
            name, count, dataset, store.Data, store.Store, json,
        };
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            int number = parsed.GetValue(count);
            IReadOnlyList<int> cells = MeasurementChoice.Begin(number);
            if (parsed.GetValue(name) is { } device)
            {
                using DeviceStore known = DeviceStore.Open(parsed, store);
                DeviceTable table = await known.GetAsync(device, parsed.GetValue(dataset)!, cancellationToken);
                if (table.Measured is not { } measured)
                {
                    throw new UsageException(
                        $"NAME: all cells of '{device}' are measured for {table.Dataset}; there is nothing to suggest.");
                }

                // For a data set without scores, those of another tell small cells from large just as well.
                string scored = known.Tables.Datasets.Contains(table.Dataset) ? table.Dataset : known.Tables.Datasets[0];
                cells = MeasurementChoice.Continue(
                    known.Estimator, measured.Cells, known.Tables.GetTrainingFreeScore(scored, MeasurementChoice.StandIn), number);
            }

            var suggested = cells.Select(index => new { index, architecture = NasBench201.Instance.Format(index) });
            IEnumerable<string> lines = ["index,architecture", .. suggested.Select(cell => $"{cell.index},{cell.architecture}")];
            Verbs.Write(parsed.GetValue(json), suggested, () => Console.Out.WriteLine(string.Join(Environment.NewLine, lines)));
            return ExitCode.Done;
        });
        return command;
    }
}
