using PelNas.Shared.Devices.Measuring;

namespace PelNas.Shared.Tests.Devices;

public sealed class InterleavedTimingTests : FolderTest
{
    private static readonly NetworkShape Tiny = new(4, 1, 8, 10);
    private static readonly int[] Cells = [0, 6111, 15_624];

    private string LogPath => Path.Combine(Folder.Path, "timings", "log.csv");

    [Fact]
    public void Three_networks_are_run_in_turn_and_have_medians()
    {
        TimingLog log = new(LogPath);
        List<int> told = [];

        IReadOnlyList<MeasuredCell> measured = InterleavedTiming.Measure(Cells, 4, Open, log, new Told<int>(told.Add), Cancellation);

        measured.Select(cell => cell.Index).ShouldBe(Cells);
        measured.ShouldAllBe(cell => cell.LatencyMs > 0 && cell.Repeats == 4 && cell.SpreadMs >= 0);
        told.ShouldBe(Enumerable.Range(0, 13));

        // A round after the other, and in each every cell.
        File.ReadLines(LogPath).Select(line => line.Split(',')[0]).ShouldBe(Enumerable.Range(0, 12).Select(run => $"{run / 3}"));
        measured[1].LatencyMs.ShouldBe(new TimingLog(LogPath).Of(6111, 4).Order().Skip(1).Take(2).Average());
    }

    [Fact]
    public void What_was_interrupted_goes_on_after_its_last_whole_round()
    {
        TimingLog log = new(LogPath);
        InterleavedTiming.Measure(Cells, 2, Open, log, null, Cancellation);
        File.AppendAllText(LogPath, "2,0,1.5\n2,61");
        List<int> told = [];

        IReadOnlyList<MeasuredCell> measured = InterleavedTiming.Measure(
            Cells, 3, Open, new TimingLog(LogPath), new Told<int>(told.Add), Cancellation);

        told[0].ShouldBe(6);
        told.Count.ShouldBe(4);
        measured.ShouldAllBe(cell => cell.Repeats >= 3);
    }

    /// <summary>A number that a kill cut short is a number too.</summary>
    [Fact]
    public void A_line_that_was_cut_short_is_no_timing()
    {
        InterleavedTiming.Measure(Cells, 1, Open, new TimingLog(LogPath), null, Cancellation);
        File.AppendAllText(LogPath, "1,0,12.5\n1,6111,13.5\n1,15624,1");

        TimingLog log = new(LogPath);
        log.RoundsOf(Cells).ShouldBe(1);
        log.Add(1, [.. Cells.Select(cell => (cell, 14.5))]);

        TimingLog again = new(LogPath);
        again.RoundsOf(Cells).ShouldBe(2);
        again.Of(15_624, 2).Skip(1).ShouldBe([14.5]);
    }

    [Fact]
    public void What_is_complete_is_not_measured_again()
    {
        TimingLog log = new(null);
        InterleavedTiming.Measure(Cells, 2, Open, log, null, Cancellation);

        InterleavedTiming.Measure(Cells, 2, _ => throw new InvalidOperationException("opened"), log, null, Cancellation).Count.ShouldBe(3);
    }

    private static OnnxTimer Open(int cell) => new(OnnxNetwork.Write(new ExportedCell(cell, Tiny)), threads: 1, TimeProvider.System);
}
