namespace PelNas.Shared.Tests.Torch.Networks;

public sealed class MacroNetworkTests
{
    private static readonly NasBench201 Space = NasBench201.Instance;

    public MacroNetworkTests() => LibTorch.EnsureLoaded();

    /// <summary>Counts the parameters of the networks themselves, made without numbers: no formula is involved.</summary>
    [Fact]
    public void Has_as_many_parameters_as_the_benchmark_says_for_every_cell()
    {
        string[][] rows = ShippedTable.Rows("zerocost-nasbench201.csv.gz");
        NetworkShape shape = NetworkShape.Benchmark("cifar10");
        using WeightSource weights = WeightSource.ShapesOnly();
        for (int index = 0; index < Space.Size; index++)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            double parametersM = new MacroNetwork(Space.Genotype(index), shape, weights).ParameterCount / 1e6;
            double published = double.Parse(rows[index][1], CultureInfo.InvariantCulture);
            parametersM.ShouldBe(published, HalfUnitOfTheSixthDigit(published), $"index {index}");
        }
    }

    [Fact]
    public void Has_as_many_parameters_and_multiply_accumulates_as_the_count_by_formula()
    {
        using WeightSource weights = WeightSource.ShapesOnly();
        foreach (string dataset in (string[])["cifar10", "cifar100", "imagenet16-120"])
        {
            NetworkShape shape = NetworkShape.Benchmark(dataset);
            for (int index = 0; index < Space.Size; index += 31)
            {
                using DisposeScope scope = torch.NewDisposeScope();
                MacroNetwork network = new(Space.Genotype(index), shape, weights);
                (network.ParameterCount / 1e6).ShouldBe(Space.ParamsM(index, shape.Classes), 1e-9);
                (network.MultiplyAccumulates / 1e6).ShouldBe(Space.FlopsM(index, shape.Resolution, shape.Classes), 1e-9);
            }
        }
    }

    [Theory]
    [InlineData("cifar10", 10, 8)]
    [InlineData("cifar100", 100, 8)]
    [InlineData("imagenet16-120", 120, 4)]
    public void Halves_the_image_twice_and_ends_in_the_classes_of_the_data_set(string dataset, int classes, int side)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using WeightSource weights = WeightSource.Uniform(1);
        NetworkShape shape = NetworkShape.Of(dataset, 16, 2);
        MacroNetwork network = new(Space.Genotype(6111), shape, weights);
        network.Logits(Images(4, shape), new ForwardPass()).shape.ShouldBe([4, classes]);
        network.Features(Images(4, shape), new ForwardPass()).shape.ShouldBe([4, 64, side, side]);
    }

    [Theory]
    [InlineData("|none~0|+|none~0|none~1|+|none~0|none~1|none~2|")]
    [InlineData("|none~0|+|none~0|nor_conv_3x3~1|+|none~0|nor_conv_3x3~1|avg_pool_3x3~2|")]
    public void A_dead_cell_passes_nothing_on_and_still_has_an_output(string cell)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using WeightSource weights = WeightSource.Uniform(1);
        NetworkShape shape = NetworkShape.Of("cifar10", 8, 1);
        Space.TryParse(cell, out int index, out _).ShouldBeTrue();
        torch.Tensor logits = new MacroNetwork(Space.Genotype(index), shape, weights).Logits(Images(4, shape), new ForwardPass());
        (logits - logits[0]).abs().max().item<float>().ShouldBe(0);
    }

    [Fact]
    public void Cells_that_compute_the_same_function_with_the_same_weights_give_the_same_output()
    {
        // A skip from the input to node 1 makes the edge 1->3 an edge from the input; the other has it as 0->3 and is otherwise dead.
        torch.Tensor first = Output("|skip_connect~0|+|none~0|none~1|+|none~0|avg_pool_3x3~1|none~2|");
        torch.Tensor second = Output("|none~0|+|none~0|none~1|+|avg_pool_3x3~0|none~1|none~2|");
        torch.Tensor other = Output("|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|");
        (first - second).abs().max().item<float>().ShouldBe(0);
        (first - other).abs().max().item<float>().ShouldBeGreaterThan(0.01f);
    }

    [Fact]
    public void An_edge_adds_its_term_as_written_out_by_hand()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using WeightSource weights = WeightSource.Uniform(3);
        NetworkBuilder builder = new(weights);
        Space.TryParse("|nor_conv_3x3~0|+|skip_connect~0|nor_conv_1x1~1|+|avg_pool_3x3~0|none~1|nor_conv_3x3~2|", out int index, out _)
            .ShouldBeTrue();
        Cell cell = new(builder, Space.Genotype(index), 4, 6);
        torch.Tensor x = Images(2, new NetworkShape(4, 1, 6, 10), channels: 4);

        torch.Tensor Convolve(torch.Tensor input, int layer)
        {
            torch.Tensor weight = builder.Layers[layer].Weight;
            torch.Tensor output = torch.nn.functional.conv2d(
                input.clamp_min(0), weight, padding: [weight.shape[2] / 2, weight.shape[2] / 2]);
            torch.Tensor mean = output.mean([0, 2, 3], keepdim: true);
            torch.Tensor variance = (output - mean).square().mean([0, 2, 3], keepdim: true);
            return (output - mean) / (variance + 1e-5).sqrt();
        }

        torch.Tensor node1 = Convolve(x, 0);
        torch.Tensor node2 = x + Convolve(node1, 1);
        torch.Tensor ones = torch.ones_like(x);
        torch.Tensor pooled = torch.nn.functional.avg_pool2d(x, [3, 3], [1, 1], [1, 1], count_include_pad: true)
            / torch.nn.functional.avg_pool2d(ones, [3, 3], [1, 1], [1, 1], count_include_pad: true);
        torch.Tensor expected = pooled + Convolve(node2, 2);
        (cell.Forward(new ForwardPass(), x) - expected).abs().max().item<float>().ShouldBeLessThan(1e-4f);
    }

    [Fact]
    public void The_same_seed_gives_the_same_network_and_another_seed_another()
    {
        const string Cell = "|nor_conv_3x3~0|+|nor_conv_3x3~0|none~1|+|skip_connect~0|nor_conv_1x1~1|nor_conv_3x3~2|";
        float first = Output(Cell, seed: 1).sum().item<float>();
        Output(Cell, seed: 1).sum().item<float>().ShouldBe(first);
        Output(Cell, seed: 2).sum().item<float>().ShouldNotBe(first);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(16, 0)]
    [InlineData(65, 5)]
    [InlineData(16, 21)]
    public void Refuses_sizes_that_it_is_not_made_for(int channels, int cells)
        => Should.Throw<ArgumentOutOfRangeException>(() => NetworkShape.Of("cifar10", channels, cells));

    private static torch.Tensor Output(string cell, int seed = 1)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using WeightSource weights = WeightSource.Uniform(seed);
        NetworkShape shape = NetworkShape.Of("cifar10", 8, 1);
        Space.TryParse(cell, out int index, out _).ShouldBeTrue();
        return new MacroNetwork(Space.Genotype(index), shape, weights).Logits(Images(4, shape), new ForwardPass()).detach()
            .MoveToOuterDisposeScope();
    }

    private static torch.Tensor Images(int count, NetworkShape shape, int channels = 3)
    {
        using torch.Generator generator = new(7, torch.CPU);
        return torch.randn([count, channels, shape.Resolution, shape.Resolution], generator: generator);
    }

    /// <summary>The table keeps six significant digits.</summary>
    private static double HalfUnitOfTheSixthDigit(double value) => 0.5000001 * Math.Pow(10, Math.Floor(Math.Log10(value)) - 5);
}
