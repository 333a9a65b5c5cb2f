using PelNas.Cli.Devices;
using PelNas.Shared.Devices;
using PelNas.Shared.Devices.Measuring;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas devices measure</c>: makes a device of this machine.</summary>
internal static class DevicesMeasureCommand
{
    private const string Onnx = "onnx";
    private const int MostThreads = 256;
    private const int MostRounds = 1_000;
    private const int LeastSamples = 5;

    public static Command Create()
    {
        Option<int> samples = NumberOptions.Whole("--samples", "Cells to measure", 40, LeastSamples, MeasurementChoice.MaxCount);
        Option<int> threads = NumberOptions.Whole("--threads", "Threads of an inference", 1, 1, MostThreads);
        Option<int> rounds = NumberOptions.Whole("--rounds", "Runs of each network, whose median counts", 15, 1, MostRounds);
        Option<int> channels = NumberOptions.Channels(16);
        Option<int> cells = NumberOptions.Cells(5);
        Option<int?> imageSize = NumberOptions.ImageSize("Pixels of a side of an image, for a data set of your own");
        Option<int?> classes = NumberOptions.OptionalWhole(
            "--classes", "Number of classes, for a data set of your own", 2, NetworkShape.MaxClasses);
        Option<int> imageChannels = NumberOptions.Whole("--image-channels", "Channels of an image: 3 of colours, 1 of greys", 3, 1, 3);
        Option<string> runtime = CommonOptions.Choice(
            "--runtime", "What runs the networks: onnx (ONNX Runtime on the processor)", [Onnx], Onnx);
        Option<bool> json = CommonOptions.Json();
        return DevicesCommand.Verb(
            "measure",
            """
            Make a device of this machine: build networks, run them in turn, and keep the median of each.

            The latencies of all other cells are predicted from these. Interrupted, the same command continues where it stopped. Leave the
            machine alone meanwhile.

            Examples:
              pelnas devices measure here
              pelnas search --dataset cifar10 --device here --verify-front
              pelnas devices measure here --dataset fashion-mnist --image-size 28 --classes 10 --image-channels 1 --channels 8 --cells 1
            """,
            [samples, threads, rounds, channels, cells, imageSize, classes, imageChannels, runtime, json],
            async (parsed, devices, device, dataset, cancellationToken) =>
            {
                devices.CheckName(device);
                DeviceStore.CheckDataset(dataset);
                DatasetShape images = ShapeOf(dataset, parsed.GetValue(imageSize), parsed.GetValue(classes), devices.Tables);
                LocalTiming timing = new(
                    new NetworkShape(
                        parsed.GetValue(channels),
                        parsed.GetValue(cells),
                        images.Resolution,
                        images.Classes,
                        parsed.GetValue(imageChannels)),
                    parsed.GetValue(threads),
                    parsed.GetValue(rounds));

                // What was timed otherwise is no part of it.
                TimingLog log = new(Path.Combine(
                    devices.Folder, "timings",
                    $"{device}-{dataset}-c{timing.Shape.Channels}-n{timing.Shape.CellsPerStage}"
                        + $"-i{images.Resolution}x{timing.Shape.ImageChannels}-o{images.Classes}-t{timing.Threads}.csv"));
                try
                {
                    IReadOnlyList<MeasuredCell> measured = await timing.RunAsync(
                        MeasurementChoice.Begin(parsed.GetValue(samples)), log, cancellationToken);
                    DeviceView.Write(
                        await devices.PutAsync(device, dataset, measured, timing.Setup, cancellationToken), parsed.GetValue(json));
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    return Interruption.Tell("the same command continues where it stopped");
                }

                log.Delete();
                return ExitCode.Done;
            },
            ofDevice: "Name to give to the device");
    }

    private static DatasetShape ShapeOf(string dataset, int? imageSize, int? classes, BenchmarkTables tables)
    {
        if (tables.Datasets.Contains(dataset))
        {
            return imageSize is null && classes is null
                ? DatasetShape.Of(dataset)
                : throw new UsageException($"--image-size and --classes are for data sets of your own; {dataset} has its own.");
        }

        return (imageSize, classes) is ({ } side, { } number)
            ? new DatasetShape(side, number)
            : throw new UsageException(
                $"--dataset: '{dataset}' is not one of {string.Join(", ", tables.Datasets)}: give its --image-size and --classes.");
    }
}
