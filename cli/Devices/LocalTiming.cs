using PelNas.Cli.Benchmarking;
using PelNas.Shared.Devices;
using PelNas.Shared.Devices.Measuring;
using PelNas.Shared.Export;
using PelNas.Shared.Torch.Networks;

namespace PelNas.Cli.Devices;

/// <summary>Measures cells' networks on this machine.</summary>
/// <param name="Shape">Size of the networks.</param>
/// <param name="Threads">Threads of an inference.</param>
/// <param name="Rounds">Runs of each network.</param>
internal sealed record LocalTiming(NetworkShape Shape, int Threads, int Rounds)
{
    /// <summary>How it is measured, as the device's entry states it.</summary>
    public MeasurementSetup Setup => new(
        OnnxTimer.Machine,
        OnnxTimer.Runtime,
        Threads,
        TimeProvider.System.GetUtcNow(),
        Shape.Channels,
        Shape.CellsPerStage,
        Rounds,
        Shape.Resolution,
        Shape.Classes,
        Shape.ImageChannels);

    /// <summary>The measurement of a device that was measured here before; null where that was another machine.</summary>
    public static LocalTiming? Again(MeasurementSetup? setup) => setup is not null && setup.Machine == OnnxTimer.Machine
        ? new LocalTiming(new NetworkShape(setup.Channels, setup.CellsPerStage, setup.ImageSize, setup.Classes, setup.ImageChannels),
            setup.Threads, setup.Rounds)
        : null;

    /// <summary>Measures cells, with a progress bar.</summary>
    public async Task<IReadOnlyList<MeasuredCell>> RunAsync(IReadOnlyList<int> cells, TimingLog log, CancellationToken cancellationToken)
    {
        IReadOnlyList<MeasuredCell> measured = [];
        await ProgressBar.RunAsync(cells.Count * Rounds, done: log.RoundsOf(cells) * cells.Count, progress => Task.Run(
            () => measured = InterleavedTiming.Measure(
                cells, Rounds, cell => new OnnxTimer(OnnxNetwork.Write(new ExportedCell(cell, Shape)), Threads, TimeProvider.System),
                log, progress, cancellationToken),
            cancellationToken));
        return measured;
    }
}
