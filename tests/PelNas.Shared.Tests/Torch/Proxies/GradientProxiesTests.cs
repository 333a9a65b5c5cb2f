namespace PelNas.Shared.Tests.Torch.Proxies;

/// <summary>The proxies on gradients of the loss, against differences of the loss itself and against values worked out by hand.</summary>
public sealed class GradientProxiesTests
{
    private const double Step = 1e-2;

    /// <summary>The sum of dL/dW * W is the slope of L along W.</summary>
    [Fact]
    public void Plain_is_the_slope_of_the_loss_as_all_weights_grow()
    {
        using SmallRun run = new(SmallRun.Alive);
        double slope = (Loss(1 + Step) - Loss(1 - Step)) / (2 * Step);
        SummedProxy.Plain.Score(run.Run).Value!.Value.ShouldBe(slope, 0.02 * Math.Abs(slope));
    }

    /// <summary>
    /// W' H g is the slope of half the squared gradient along W. In 64 bits and with so small a step no ReLU switches, which the Hessian
    /// does not know of.
    /// </summary>
    [Fact]
    public void Grasp_is_minus_the_slope_of_half_the_squared_gradient_as_all_weights_grow()
    {
        const double TinyStep = 1e-6;
        using SmallRun run = new(SmallRun.Alive);
        (torch.Tensor loss, torch.Tensor[] weights) = InDoublePrecision(run, 1);
        double slope = (HalfSquaredGradient(run, 1 + TinyStep) - HalfSquaredGradient(run, 1 - TinyStep)) / (2 * TinyStep);
        GraspProxy.Score(loss, weights).ShouldBe(-slope, 1e-4 * Math.Abs(slope));
    }

    [Fact]
    public void Snip_is_not_below_the_absolute_value_of_plain()
    {
        using SmallRun run = new(SmallRun.Alive);
        SummedProxy.Snip.Score(run.Run).Value!.Value.ShouldBeGreaterThan(Math.Abs(SummedProxy.Plain.Score(run.Run).Value!.Value));
    }

    [Fact]
    public void Gradient_norm_and_snip_of_the_classifier_follow_from_the_softmax()
    {
        using SmallRun run = new(SmallRun.Alive);
        (torch.Tensor errors, torch.Tensor features) = SoftmaxErrors(run);
        torch.Tensor expected = errors.t().mm(features);
        LayerGradient classifier = run.Run.Gradients[^1];
        (classifier.WeightGradient - expected).abs().max().item<float>().ShouldBeLessThan(1e-6f);

        double others = run.Run.Gradients.SkipLast(1).Sum(gradient => gradient.WeightGradient.norm().item<float>());
        SummedProxy.GradNorm.Score(run.Run).Value!.Value.ShouldBe(others + expected.norm().item<float>(), 1e-4);
        double products = run.Run.Gradients.SkipLast(1)
            .Sum(gradient => (gradient.WeightGradient * gradient.Layer.Weight).abs().sum().item<float>());
        SummedProxy.Snip.Score(run.Run).Value!.Value.ShouldBe(
            products + (expected * classifier.Layer.Weight).abs().sum().item<float>(), 1e-4);
    }

    /// <summary>Behind a dead cell only the classifier's bias is left, so that the score can be written down.</summary>
    [Fact]
    public void Fisher_of_a_dead_cell_is_that_of_the_bias()
    {
        using SmallRun run = new(SmallRun.Dead);
        float[] bias = run.Run.Network.Layers[^1].Bias!.data<float>().ToArray();
        double sum = bias.Sum(b => Math.Exp(b));
        int images = run.Settings.BatchSize;
        double expected = 0;
        for (int k = 0; k < bias.Length; k++)
        {
            double squares = run.Run.Batch.Labels.Sum(
                label => Math.Pow(bias[k] * ((Math.Exp(bias[k]) / sum) - (label == k ? 1 : 0)) / images, 2));
            expected += 0.5 * squares / images;
        }

        long weightsPerClass = run.Run.Network.Layers[^1].Weight.shape[1];
        new FisherProxy().Score(run.Run).Value!.Value.ShouldBe(weightsPerClass * expected, 1e-6 * expected * weightsPerClass);
    }

    /// <summary>The sum over pixels of z * dL/dz is the slope of L by a gate of one that the channel of an image passes through.</summary>
    [Fact]
    public void Fisher_of_a_live_cell_is_half_the_squared_slope_by_gates_on_its_channels()
    {
        using SmallRun run = new(SmallRun.Alive);
        using DisposeScope scope = torch.NewDisposeScope();
        Gates pass = new(scope);
        torch.Tensor loss = torch.nn.functional.cross_entropy(run.Run.Network.Logits(run.Run.Images, pass), run.Run.Batch.LabelTensor);
        IList<torch.Tensor> slopes = torch.autograd.grad([loss], [.. pass.Found.Select(found => found.Gate)]);
        double expected = pass.Found.Select((found, i) =>
        {
            double squares = slopes[i].data<float>().ToArray().Sum(slope => (double)slope * slope);
            return 0.5 * (found.Weight.numel() / found.Weight.shape[0]) * squares / run.Settings.BatchSize;
        }).Sum();

        // The stem, three cells of three convolutions, two residual blocks of three, and the classifier.
        pass.Found.Count.ShouldBe(1 + (3 * 3) + (2 * 3) + 1);
        new FisherProxy().Score(run.Run).Value!.Value.ShouldBe(expected, 1e-4 * expected);
    }

    private static double Loss(double factor)
    {
        using SmallRun run = new SmallRun(SmallRun.Alive).ScaleWeights(factor);
        return run.Run.Loss.item<float>();
    }

    private static double HalfSquaredGradient(SmallRun run, double factor)
    {
        (torch.Tensor loss, torch.Tensor[] weights) = InDoublePrecision(run, factor);
        return 0.5 * torch.autograd.grad([loss], weights).Sum(gradient => gradient.square().sum().item<double>());
    }

    private static (torch.Tensor Loss, torch.Tensor[] Weights) InDoublePrecision(SmallRun run, double factor)
    {
        MacroNetwork network = run.Run.Build(WeightSource.AbsoluteUniform(run.Settings.Seed));
        using (torch.no_grad())
        {
            foreach (Layer layer in network.Layers)
            {
                layer.Weight.mul_(factor);
            }
        }

        torch.Tensor logits = network.Logits(run.Run.Images.to(torch.ScalarType.Float64), new ForwardPass());
        return (torch.nn.functional.cross_entropy(logits, run.Run.Batch.LabelTensor), [.. network.Layers.Select(layer => layer.Weight)]);
    }

    private static (torch.Tensor Errors, torch.Tensor Features) SoftmaxErrors(SmallRun run)
    {
        torch.Tensor probabilities = torch.nn.functional.softmax(run.Run.Logits.detach(), 1);
        torch.Tensor oneHot = torch.nn.functional.one_hot(run.Run.Batch.LabelTensor, 10);
        torch.Tensor features = run.Run.Pass.Rectified[^1].Output.mean([2, 3]);
        return ((probabilities - oneHot) / run.Settings.BatchSize, features);
    }

    private sealed class Gates(DisposeScope scope) : ForwardPass
    {
        public List<(torch.Tensor Weight, torch.Tensor Gate)> Found { get; } = [];

        public override torch.Tensor Apply(Layer layer, torch.Tensor input)
        {
            torch.Tensor output = base.Apply(layer, input);
            torch.Tensor gate = torch.ones(output.dim() > 2 ? [output.shape[0], output.shape[1], 1, 1] : output.shape, requires_grad: true);
            scope.Attach(gate.DetachFromDisposeScope());
            Found.Add((layer.Weight, gate));
            return output * gate;
        }
    }
}
