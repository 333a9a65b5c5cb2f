namespace PelNas.Shared.Tests.Torch.Proxies;

/// <summary>The proxies on activations and input gradients, against the same worked out without LibTorch's linear algebra.</summary>
public sealed class ActivationProxiesTests
{
    [Fact]
    public void Nwot_counts_the_units_on_which_two_images_agree()
    {
        using SmallRun run = new(SmallRun.Alive);
        int images = run.Settings.BatchSize;
        Matrix<double> kernel = Matrix<double>.Build.Dense(images, images);
        foreach ((torch.Tensor output, int uses) in run.Run.Pass.Rectified)
        {
            float[] values = output.flatten().data<float>().ToArray();
            int units = values.Length / images;
            kernel += Matrix<double>.Build.Dense(images, images, (i, j)
                => uses * Enumerable.Range(0, units).Count(u => values[(i * units) + u] > 0 == values[(j * units) + u] > 0));
        }

        double expected = kernel.Cholesky().DeterminantLn;
        new NwotProxy().Score(run.Run).Value!.Value.ShouldBe(expected, 1e-8 * expected);
    }

    [Fact]
    public void A_relu_that_two_edges_share_counts_as_two()
    {
        using SmallRun run = new("|nor_conv_3x3~0|+|nor_conv_3x3~0|none~1|+|skip_connect~0|skip_connect~1|skip_connect~2|");

        // The cell's input in three stages, two ReLUs in each of two residual blocks, one at the end.
        run.Run.Pass.Rectified.Select(rectified => rectified.Uses).ShouldBe([2, 1, 1, 2, 1, 1, 2, 1]);
    }

    [Fact]
    public void Jacov_and_epe_nas_follow_from_the_correlations_of_the_input_gradients()
    {
        using SmallRun run = new(SmallRun.Alive);
        int images = run.Settings.BatchSize;
        double[] gradients = run.Run.Jacobian.flatten().data<double>().ToArray();
        double[][] rows = [.. gradients.Chunk(gradients.Length / images)];
        Matrix<double> correlations = Matrix<double>.Build.Dense(
            images, images, (i, j) => MathNet.Numerics.Statistics.Correlation.Pearson(rows[i], rows[j]));

        double jacov = -correlations.Evd(Symmetricity.Symmetric).EigenValues.Sum(v => Math.Log(v.Real + 1e-5) + (1 / (v.Real + 1e-5)));
        new JacovProxy().Score(run.Run).Value!.Value.ShouldBe(jacov, 1e-6 * Math.Abs(jacov));

        double epeNas = Enumerable.Range(0, images).GroupBy(i => run.Run.Batch.Labels[i]).Sum(group
            => Math.Abs(group.Sum(i => group.Sum(j => Math.Log(Math.Abs(correlations[i, j]) + 1e-5)))));
        new EpeNasProxy().Score(run.Run).Value!.Value.ShouldBe(epeNas, 1e-6 * epeNas);
    }

    [Fact]
    public void The_input_gradient_is_the_slope_of_the_outputs()
    {
        using SmallRun run = new(SmallRun.Alive);
        torch.Tensor direction = torch.zeros_like(run.Run.Images);
        direction[3, 1, 5, 6] = 1;
        double Outputs(double step)
            => run.Run.Network.Logits(run.Run.Images.detach() + (direction * step), new ForwardPass()).sum().item<float>();
        double slope = (Outputs(0.02) - Outputs(-0.02)) / 0.04;
        run.Run.Jacobian[3, (1 * 256) + (5 * 16) + 6].item<double>().ShouldBe(slope, 0.02);
    }

    /// <summary>The sum of dR/dW * W is the slope of R as all weights grow, by 64-bit differences.</summary>
    [Fact]
    public void Synflow_is_the_logarithm_of_the_slope_of_the_flow()
    {
        using SmallRun run = new(SmallRun.Alive);
        double slope = (Flow(run, 1 + 1e-5) - Flow(run, 1 - 1e-5)) / 2e-5;
        new SynflowProxy().Score(run.Run).Value!.Value.ShouldBe(Math.Log(slope), 1e-6);
    }

    [Fact]
    public void L2_norm_adds_up_the_layers()
    {
        using SmallRun run = new(SmallRun.Alive);
        double expected = run.Run.Network.Layers.Sum(layer => Math.Sqrt(layer.Weight.data<float>().ToArray().Sum(w => (double)w * w)));
        SummedProxy.L2Norm.Score(run.Run).Value!.Value.ShouldBe(expected, 1e-9 * expected);
    }

    /// <summary>The sum of the logarithms of the normalisations' deviations and of the difference, each worked out by itself.</summary>
    [Fact]
    public void Zen_adds_what_the_normalisations_divide_by_to_the_difference_of_the_features()
    {
        using SmallRun run = new(SmallRun.Alive);
        MacroNetwork network = run.Run.Build(WeightSource.StandardNormal(run.Settings.Seed));
        using torch.Generator generator = new((ulong)run.Settings.Seed + 1, torch.CPU);
        torch.Tensor images = torch.randn([16, 3, 16, 16], generator: generator);
        torch.Tensor noise = torch.randn([16, 3, 16, 16], generator: generator);
        Deviations pass = new();
        torch.Tensor difference = network.Features(images, pass) - network.Features(images + (0.01 * noise), new ForwardPass());
        double expected = Math.Log(difference.abs().sum().item<float>() / 16) + pass.Found.Sum(Math.Log);
        new ZenProxy().Score(run.Run).Value!.Value.ShouldBe(expected, 1e-3);

        // The stem's, three cells of three convolutions, two residual blocks of two, and the head's.
        pass.Found.Count.ShouldBe(1 + (3 * 3) + (2 * 2) + 1);
    }

    private static double Flow(SmallRun run, double factor)
    {
        MacroNetwork network = run.Run.Build(WeightSource.AbsoluteUniform(run.Settings.Seed));
        using (torch.no_grad())
        {
            foreach (Layer layer in network.Layers)
            {
                layer.Weight.mul_(factor);
            }
        }

        return network.Logits(torch.ones([1, 3, 16, 16], torch.ScalarType.Float64), new ForwardPass(normalise: false)).sum().item<double>();
    }

    /// <summary>The root of the mean over channels of E[x^2] - E[x]^2, in double precision.</summary>
    private sealed class Deviations : ForwardPass
    {
        public List<double> Found { get; } = [];

        public override torch.Tensor Normalise(Normalisation normalisation, torch.Tensor input)
        {
            torch.Tensor x = input.detach().to(torch.ScalarType.Float64);
            Found.Add(Math.Sqrt((x.square().mean([0, 2, 3]) - x.mean([0, 2, 3]).square()).mean().item<double>()));
            return base.Normalise(normalisation, input);
        }
    }
}
