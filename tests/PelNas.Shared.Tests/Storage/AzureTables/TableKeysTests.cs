using FsCheck;
using FsCheck.Fluent;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Storage.AzureTables;

public sealed class TableKeysTests
{
    private static readonly DateTimeOffset Start = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<DateTimeOffset> Times = Gen.Choose(0, int.MaxValue).Select(seconds => Start.AddSeconds(seconds));

    [Fact]
    public void Runs_sort_by_month_and_row_from_the_newest_to_the_oldest() => Prop.ForAll(
        Times.Two().ToArbitrary(),
        times =>
        {
            (string first, string second) = (RunId(times.Item1), RunId(times.Item2));
            Math.Sign(string.CompareOrdinal(
                TableKeys.MonthRow(TableKeys.Month(times.Item1)) + TableKeys.Run(first), TableKeys.MonthRow(TableKeys.Month(times.Item2)) + TableKeys.Run(second)))
                .ShouldBe(times.Item2.CompareTo(times.Item1));
            TableKeys.MonthOf(TableKeys.MonthRow(TableKeys.Month(times.Item1))).ShouldBe(TableKeys.Month(times.Item1));
        }).ShouldHold();

    [Fact]
    public void Runs_before_a_time_are_those_with_rows_from_a_key_on() => Prop.ForAll(
        Times.Two().ToArbitrary(),
        times => (string.CompareOrdinal(TableKeys.Run(RunId(times.Item1)), TableKeys.RunsBefore(times.Item2)) >= 0).ShouldBe(times.Item1 < times.Item2)).ShouldHold();

    [Fact]
    public void Rounds_sort_by_partition_then_generation_with_those_of_the_whole_run_first() => Prop.ForAll(
        Gen.Choose(RoundRow.WholeRun, 200).Two().Zip(Gen.Choose(0, 2000).Two()).ToArbitrary(),
        pair =>
        {
            ((int firstPartition, int secondPartition), (int first, int second)) = pair;
            Math.Sign(string.CompareOrdinal(TableKeys.Round(firstPartition, first), TableKeys.Round(secondPartition, second)))
                .ShouldBe((firstPartition, first).CompareTo((secondPartition, second)));
        }).ShouldHold();

    [Fact]
    public void Sweeps_sort_by_id_from_the_last_to_the_first() => Prop.ForAll(
        Times.SelectMany(time => Gen.Elements(SweepIds.Nightly(DateOnly.FromDateTime(time.UtcDateTime)), SweepIds.Started(time))).Two().ToArbitrary(),
        ids => Math.Sign(string.CompareOrdinal(TableKeys.Sweep(ids.Item1), TableKeys.Sweep(ids.Item2))).ShouldBe(Math.Sign(string.CompareOrdinal(ids.Item2, ids.Item1)))).ShouldHold();

    [Theory]
    [InlineData("a", "b:c", "a:b", "c")]
    [InlineData("1:a", "b", "1", "a:b")]
    public void Devices_and_data_sets_with_colons_stay_apart(string device, string dataset, string otherDevice, string otherDataset) =>
        TableKeys.DevicePointer(device, dataset).ShouldNotBe(TableKeys.DevicePointer(otherDevice, otherDataset));

    [Fact]
    public void Every_key_is_one_that_the_service_takes()
    {
        string runId = "20261231-235959-" + new string('z', 41);
        string[] keys =
        [
            TableKeys.Months, TableKeys.InForce, TableKeys.FrontPointer, TableKeys.Run(runId), TableKeys.Partition(runId, int.MaxValue), TableKeys.Number(int.MaxValue),
            TableKeys.Round(RoundRow.WholeRun, int.MaxValue), TableKeys.FrontVersion(int.MaxValue), TableKeys.FrontPoints(int.MaxValue, TableKeys.Hash("points")[..16]),
            TableKeys.Answers(TableKeys.Hash("prompt")), TableKeys.Claims("key"), TableKeys.Device("my-board_2"), TableKeys.DeviceTable("cifar10", TableKeys.Hash("table")),
            TableKeys.DevicePointer("my-board_2", "cifar10"), TableKeys.Sweep("sweep-20260301"), TableKeys.Sweep("sweep-20260301-235959"),
        ];
        keys.ShouldAllBe(key => key.Length < 200);
        foreach (string key in keys)
        {
            Should.NotThrow(() => StoreGuard.Key(key, "key"));
        }
    }

    private static string RunId(DateTimeOffset time) => $"{time.UtcDateTime:yyyyMMdd-HHmmss}-a";
}
