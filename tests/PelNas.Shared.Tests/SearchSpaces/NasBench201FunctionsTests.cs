namespace PelNas.Shared.Tests.SearchSpaces;

public sealed class NasBench201FunctionsTests
{
    private const int Functions = 5_220;
    private const double Rounding = 1e-9;

    private static readonly int[] Edges = [0, 1, 2, 3, 4, 5];
    private static readonly NasBench201 Space = NasBench201.Instance;

    [Fact]
    public void The_space_has_5220_functions_one_of_them_a_constant()
    {
        Space.FunctionCount.ShouldBe(Functions);
        Enumerable.Range(0, Space.Size).Select(Space.FunctionId).Distinct().Order().ShouldBe(Enumerable.Range(0, Functions));
        Enumerable.Range(0, Space.Size).Where(index => !Space.IsConnected(index)).Select(Space.FunctionId).Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("333000", "121000", true, "without an edge into the output the function is a constant")]
    [InlineData("000033", "000000", true, "and with edges out of zero nodes alone too")]
    [InlineData("013000", "022000", true, "what reaches no output does not matter")]
    [InlineData("300010", "000300", true, "a skip passes a convolution on unchanged")]
    [InlineData("200310", "300210", true, "the summands of a node have no order")]
    [InlineData("000310", "000300", true, "a skip out of a zero node is no summand")]
    [InlineData("000340", "000300", true, "and no pooling of it")]
    [InlineData("300010", "030001", true, "nor is a zero summand of node 2")]
    [InlineData("320013", "230031", true, "the inner nodes are called 1 and 2 at will")]
    [InlineData("132401", "320411", true, "a sum that a skip passes on has no brackets")]
    [InlineData("331004", "330044", true, "the pooling of a sum is the sum of the poolings")]
    [InlineData("000320", "000330", true, "a convolution of nothing leaves a shift, whatever its kernel")]
    [InlineData("200023", "200020", false, "and that shift is trained")]
    [InlineData("003102", "000103", true, "a 1x1 convolution of a shift leaves its own shift")]
    [InlineData("003103", "000103", false, "a 3x3 one sees the border of the image")]
    [InlineData("310004", "400003", false, "the order of the operations on a path matters")]
    [InlineData("300020", "200030", false, "a 1x1 convolution after a 3x3 one is not the reverse")]
    [InlineData("100110", "000100", false, "two parallel skips are twice the input")]
    [InlineData("301011", "330011", false, "twice a convolution is not the sum of two")]
    [InlineData("100330", "000300", false, "nor is the sum of two one")]
    [InlineData("111003", "000300", false, "the normalisation takes a factor out of a convolution's input only up to its epsilon")]
    [InlineData("100310", "000300", false, "a convolution beside a skip is not a convolution alone")]
    public void Functions_are_told_apart(string left, string right, bool same, string why)
        => (Space.FunctionId(Index(left)) == Space.FunctionId(Index(right))).ShouldBe(same, why);

    /// <summary>
    /// Random weights decide, without any algebra: of the outputs that a cell has with its weights given out in all possible ways the least
    /// tells its function. So every class is sound, and no two can be joined.
    /// </summary>
    [Fact]
    public void Cells_of_one_function_and_no_others_give_the_same_output_with_the_same_random_weights()
    {
        RandomCell cells = new(seed: 1);
        double[] images = RandomCell.Images(2, seed: 2);
        double[] probe = RandomCell.Images(2, seed: 3);
        (double Value, int Index)[] outputs =
        [
            .. Enumerable.Range(0, Space.Size).Where(Space.IsConnected)
                .Select(index => (Assignments(index, sets => Output(index, sets)).Min(sets => Output(index, sets)), index))
                .OrderBy(output => output),
        ];
        List<HashSet<int>> functionsOfOutputs = [];
        for (int i = 0; i < outputs.Length; i++)
        {
            if (i == 0 || outputs[i].Value - outputs[i - 1].Value > Rounding)
            {
                functionsOfOutputs.Add([]);
            }

            functionsOfOutputs[^1].Add(Space.FunctionId(outputs[i].Index));
        }

        functionsOfOutputs.ShouldAllBe(functions => functions.Count == 1);
        functionsOfOutputs.Count.ShouldBe(Functions - 1);

        double Output(int index, int[] sets) => cells.Output(Space.Genotype(index), sets, images).Zip(probe, (x, y) => x * y).Sum();
    }

    [Fact]
    public void A_cell_without_a_live_path_has_the_same_output_for_all_images()
    {
        RandomCell cells = new(seed: 1);
        foreach (int index in Enumerable.Range(0, Space.Size).Where(index => !Space.IsConnected(index)))
        {
            double[] Output(int seed) => cells.Output(Space.Genotype(index), Edges, RandomCell.Images(2, seed));
            Output(1).ShouldBe(Output(2), Rounding, Space.Format(index));
        }
    }

    /// <summary>The cells of the tests above are those of the product's networks, whose counts are the benchmark's.</summary>
    [Fact]
    public void The_random_cells_are_those_of_the_networks()
    {
        LibTorch.EnsureLoaded();
        using DisposeScope scope = torch.NewDisposeScope();
        RandomCell cells = new(seed: 4);
        double[] images = RandomCell.Images(3, seed: 5);
        torch.Tensor input = torch.tensor(images, [3, RandomCell.Channels, RandomCell.Side, RandomCell.Side]);
        for (int index = 0; index < Space.Size; index += 101)
        {
            // Weights of this source are in double precision.
            using WeightSource weights = WeightSource.AbsoluteUniform(1);
            NetworkBuilder builder = new(weights);
            byte[] genotype = Space.Genotype(index).ToArray();
            Cell cell = new(builder, genotype, RandomCell.Channels, RandomCell.Side);
            int[] edges = [.. Edges.Where(edge => IsConvolution(genotype[edge]))];
            for (int place = 0; place < edges.Length; place++)
            {
                RandomCell.Weights set = cells.Sets[edges[place]];
                double[] kernel = (NasBench201Operation)genotype[edges[place]] == NasBench201Operation.Conv1x1 ? set.Conv1x1 : set.Conv3x3;
                double[][] values = [kernel, set.Scale, set.Shift];
                for (int part = 0; part < values.Length; part++)
                {
                    torch.Tensor parameter = builder.Parameters[(place * values.Length) + part];
                    parameter.detach().copy_(torch.tensor(values[part], parameter.shape));
                }
            }

            double[] output = [.. cell.Forward(new ForwardPass(), input).detach().contiguous().data<double>()];
            output.ShouldBe(cells.Output(genotype, Edges, images), Rounding, Space.Format(index));
        }
    }

    /// <summary>All ways to give the first sets of weights to the convolutions that the output depends on.</summary>
    private static IEnumerable<int[]> Assignments(int index, Func<int[], double> output)
    {
        const int NoEdges = 6;
        byte[] genotype = Space.Genotype(index).ToArray();
        double own = output(Edges);
        int[] edges =
        [
            .. Edges.Where(edge => IsConvolution(genotype[edge])
                && Math.Abs(own - output([.. Edges.Select(set => set == edge ? NoEdges : set)])) > Rounding),
        ];
        return Permutations([.. Enumerable.Range(0, edges.Length)])
            .Select(order => (int[])[.. Edges.Select(edge => Array.IndexOf(edges, edge) is >= 0 and var place ? order[place] : edge)]);
    }

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length == 0
        ? [[]]
        : items.SelectMany(first => Permutations([.. items.Where(item => item != first)]), (first, rest) => (int[])[first, .. rest]);

    private static bool IsConvolution(byte operation)
        => (NasBench201Operation)operation is NasBench201Operation.Conv1x1 or NasBench201Operation.Conv3x3;

    private static int Index(string digits) => Space.IndexOf([.. digits.Select(digit => (byte)(digit - '0'))]);
}
