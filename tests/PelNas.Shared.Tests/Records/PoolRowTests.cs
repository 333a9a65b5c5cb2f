namespace PelNas.Shared.Tests.Records;

public sealed class PoolRowTests
{
    private static readonly PoolRow[] Rows =
    [
        PoolRow.Of(1, null, [[1, 1], [1, 2]], places: 2),
        PoolRow.Of(1, 1, [[5, 5]]),
        PoolRow.Of(2, null, [[2, 2]], places: 1),
        PoolRow.Of(2, 0, [[6, 6]]),
    ];

    [Fact]
    public void Each_partition_has_its_places_after_what_the_whole_run_adds()
        => Text(PoolRow.Further(Rows, decisions: 2, partitions: 2, withoutPlaces: null))
            .ShouldBe(["11", "12", "", "", "55", "", "22", "66", ""]);

    [Fact]
    public void The_places_of_a_generation_in_hand_are_left_out()
        => Text(PoolRow.Further(Rows, decisions: 2, partitions: 2, withoutPlaces: 2)).ShouldBe(["11", "12", "", "", "55", "", "22"]);

    [Fact]
    public void A_row_reads_back_as_it_was_written()
        => Text(PoolRow.Further(
            [PelNasJson.Deserialize<PoolRow>(PelNasJson.Serialize(Rows[0]))],
            decisions: 2, partitions: 1, withoutPlaces: 1)).ShouldBe(["11", "12"]);

    private static string[] Text(IEnumerable<byte[]> genotypes) => [.. genotypes.Select(genotype => string.Concat(genotype))];
}
