using System.Numerics.Tensors;

namespace PelNas.Shared.Tests.Comparison.Systems;

public sealed class CellDeltasTests
{
    private static readonly byte[][] Cells = [.. LiveCell.All(NasBench201.Instance).Where(LiveCell.IsAlive)];

    /// <summary>What an edit brings here depends on the edges beside it, which no sum over edges could say.</summary>
    [Fact]
    public void It_learns_what_an_edit_brings_beside_its_neighbours()
    {
        (byte[] Cell, double Error)[] labelled = [.. Draw(new Random(1), 400).Select(cell => (cell, Error(cell)))];
        CellDeltas deltas = CellDeltas.Fit(labelled);
        byte[][] others = Draw(new Random(2), 200);
        int right = 0;
        int all = 0;
        foreach (byte[] from in others)
        {
            IEnumerable<byte[]> neighbours = others.Where(other => TensorPrimitives.HammingDistance<byte>(from, other) == 1);
            foreach (byte[] to in neighbours.Where(other => Error(other) != Error(from)))
            {
                all++;
                right += deltas.Difference(from, to) > 0 == Error(to) > Error(from) ? 1 : 0;
            }
        }

        all.ShouldBeGreaterThan(50);
        (right / (double)all).ShouldBeGreaterThan(0.95);

        static double Error(byte[] cell)
            => 20 - (4 * LiveCell.Count(cell, NasBench201Operation.Conv3x3)) + (cell[0] == 1
                ? 3 * LiveCell.Count(cell, NasBench201Operation.Conv1x1)
                : 0);
    }

    [Fact]
    public void The_way_back_brings_the_opposite()
    {
        CellDeltas deltas = CellDeltas.Fit([.. Draw(new Random(1), 100).Select((cell, place) => (cell, place % 7.0))]);
        (byte[] from, byte[] to) = (Cells[10], Cells[4000]);
        deltas.Difference(from, to).ShouldNotBe(0);
        deltas.Difference(to, from).ShouldBe(-deltas.Difference(from, to), 1e-12);
    }

    [Fact]
    public void A_labelled_neighbour_counts_the_more_the_nearer_it_is()
    {
        // Nothing to learn a difference from: the prediction is the weighted mean of the neighbours' errors.
        byte[] cell = [3, 3, 3, 3, 3, 3];
        (byte[], double)[] labelled = [([3, 3, 3, 3, 3, 2], 10), ([2, 1, 3, 3, 3, 3], 40), ([1, 1, 1, 1, 1, 3], 1000)];
        CellDeltas.Fit([]).Predict(cell, labelled).ShouldBe(((10 / 2.0) + (40 / 3.0)) / ((1 / 2.0) + (1 / 3.0)), 1e-9);
    }

    private static byte[][] Draw(Random random, int count)
    {
        int[] order = [.. Enumerable.Range(0, Cells.Length)];
        random.Shuffle(order);
        return [.. order.Take(count).Select(place => Cells[place])];
    }
}
