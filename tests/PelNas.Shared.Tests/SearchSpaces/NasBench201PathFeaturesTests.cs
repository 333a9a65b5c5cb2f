namespace PelNas.Shared.Tests.SearchSpaces;

public sealed class NasBench201PathFeaturesTests
{
    private static readonly NasBench201 Space = NasBench201.Instance;

    [Fact]
    public void The_layout_is_as_documented()
    {
        // 0->1 conv 3x3, 0->2 skip, 1->2 pool, 0->3 none, 1->3 conv 1x1, 2->3 skip. Live paths: 3x3 and 1x1; 3x3 and pool; identity.
        double[] features = Features(Space.IndexOf([3, 1, 4, 0, 2, 1]));
        features.ShouldBe(
        [
            1, 1, 1, 0,
            1, 1, 0, 1,
            1, 0, 0, 0,
            0, 0, 0, 0,
            3, 1, 1, 2, 1, 0,
            3,
            2, 1, 1,
            2, 0, 2, 0, 1, 1,
            0,
            1, 1, 0,
            1, 0, 0,
            1,
        ]);
        features.Length.ShouldBe(Space.PathFeatureCount);
    }

    [Fact]
    public void Equal_paths_count_once_among_the_distinct_ones() =>
        // A 3x3 convolution and a skip through node 1, and the same through node 2.
        Features(Space.IndexOf([3, 3, 0, 0, 1, 1]))[16..23].ShouldBe([2, 0, 0, 2, 2, 0, 1]);

    [Fact]
    public void Cells_of_one_function_have_the_same_features_of_paths_and_of_their_order()
    {
        foreach (IGrouping<int, int> cells in Enumerable.Range(0, Space.Size).GroupBy(Space.FunctionId))
        {
            double[] expected = Both(cells.First());
            foreach (int index in cells.Skip(1))
            {
                Both(index).ShouldBe(expected, $"{Space.Format(cells.First())} and {Space.Format(index)}");
            }
        }

        static double[] Both(int index) => [.. Features(index), .. NasBench201OrderFeaturesTests.Features(index)];
    }

    [Property]
    public Property An_edge_into_a_node_that_leads_nowhere_does_not_matter() => Prop.ForAll(
        Gen.Choose(0, 4).Select(operation => (byte)operation).ArrayOf(6).ToArbitrary(),
        Gen.Choose(0, 4).Select(operation => (byte)operation).ArrayOf(2).ToArbitrary(),
        (genotype, changed) =>
        {
            genotype[5] = 0;
            byte[] other = [genotype[0], changed[0], changed[1], genotype[3], genotype[4], 0];
            Features(Space.IndexOf(other)).ShouldBe(Features(Space.IndexOf(genotype)));
        });

    [Fact]
    public void A_cell_is_connected_when_it_has_a_live_path_and_otherwise_all_zero()
    {
        int dead = 0;
        for (int index = 0; index < Space.Size; index++)
        {
            bool connected = Features(index)[16] > 0;
            Space.IsConnected(index).ShouldBe(connected);
            if (!connected)
            {
                Features(index).ShouldAllBe(value => value == 0);
                dead++;
            }
        }

        dead.ShouldBe(CountDeadCells());
    }

    [Fact]
    public void Values_behind_the_features_are_left_alone_and_a_short_destination_is_refused()
    {
        double[] destination = [.. Enumerable.Repeat(-1.0, Space.PathFeatureCount + 2)];
        Space.WritePathFeatures(5, destination);
        destination[^2..].ShouldBe([-1, -1]);
        Should.Throw<ArgumentException>(() => Space.WritePathFeatures(5, new double[3]))
            .Message.ShouldContain("holds 3 values, 40 are written");
    }

    /// <summary>
    /// Path counts alone are known to reach .89 with 100 labels on CIFAR-10. Column of the accuracy table, mean of three draws.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_ridge_regression_on_100_labels_ranks_the_space(int column)
    {
        double[] accuracy = [.. ShippedTable.Rows("nasbench201-accuracy.csv.gz")
            .Select(row => double.Parse(row[column], CultureInfo.InvariantCulture))];
        Matrix<double> all = Matrix<double>.Build.DenseOfRows(Enumerable.Range(0, Space.Size).Select(index => Features(index).Prepend(1)));
        Matrix<double> penalty = Matrix<double>.Build.DenseDiagonal(all.ColumnCount, 1);
        penalty[0, 0] = 0;
        double[] scores = [.. Enumerable.Range(0, 3).Select(seed =>
        {
            int[] labelled = [.. Enumerable.Range(0, Space.Size)];
            new Random(seed).Shuffle(labelled);
            labelled = labelled[..100];
            Matrix<double> x = Matrix<double>.Build.DenseOfRows(labelled.Select(index => all.Row(index)));
            Vector<double> y = Vector<double>.Build.DenseOfEnumerable(labelled.Select(index => -Math.Log(101 - accuracy[index])));
            Vector<double> weights = (x.TransposeThisAndMultiply(x) + penalty).Cholesky().Solve(x.TransposeThisAndMultiply(y));
            return Correlation.Spearman(all * weights, accuracy);
        })];
        scores.Average().ShouldBeGreaterThan(0.90);
    }

    /// <summary>Dead means that each of the four paths holds a <c>none</c>.</summary>
    private static int CountDeadCells()
    {
        int count = 0;
        for (int live = 0; live < 64; live++)
        {
            bool Has(int edge) => (live >> edge & 1) == 1;
            if (!Has(3) && !(Has(0) && Has(4)) && !(Has(1) && Has(5)) && !(Has(0) && Has(2) && Has(5)))
            {
                count += (int)Math.Pow(4, System.Numerics.BitOperations.PopCount((uint)live));
            }
        }

        return count;
    }

    private static double[] Features(int index)
    {
        double[] features = new double[Space.PathFeatureCount];
        Space.WritePathFeatures(index, features);
        return features;
    }
}
