using PelNas.Shared.Torch.Supernets;
using PelNas.Shared.Torch.Training;

namespace PelNas.Shared.Tests.Torch.Supernets;

public sealed class SupernetTests
{
    private static readonly NetworkShape Shape = new(4, 1, 8, 4, 1);
    private static readonly byte[] Path = [3, 1, 2, 3, 0, 4];

    public SupernetTests()
    {
        LibTorch.EnsureLoaded();
        torch.set_num_threads(1);
    }

    /// <summary>Batch normalisation by batches of one class each makes chance of a network that knows every class.</summary>
    [Fact]
    public void Images_that_are_sorted_by_class_are_mixed_before_they_are_judged()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        ImageData images = PatternImages.Create();
        ImageSplit split = ImageSplit.Of(images, 1);
        ImageBatches batches = new(split, 32, 1);
        batches.Validation(64).ShouldAllBe(batch => batch.Labels.data<long>().ToArray().Distinct().Count() == 4);
        batches.Weights().Labels.data<long>().ToArray().Distinct().Count().ShouldBe(4);

        using Supernet supernet = new(Shape, 1);
        using WeightDescent descent = new(supernet.Network.Parameters);
        supernet.Mixture.SetPath(Path);
        for (int step = 0; step < 60; step++)
        {
            using DisposeScope inner = torch.NewDisposeScope();
            descent.Step(supernet.Loss(batches.Weights()), 0);
        }

        supernet.Accuracy(batches.Validation(128)).ShouldBeGreaterThan(0.9);

        // The same images in the order of the files.
        BatchMaker sorted = new(split with { Validation = images });
        supernet.Accuracy(Enumerable.Range(0, images.Count).Chunk(32).Select(chunk => sorted.Validation(chunk))).ShouldBeLessThan(0.6);
    }

    /// <summary>Numbers drawn twice would begin it as a copy of the weights that it is to predict.</summary>
    [Fact]
    public void The_network_that_predicts_kernels_draws_weights_of_its_own()
    {
        using Supernet supernet = new(Shape, 1);
        using KernelMixer mixer = new(supernet.Mixture.Layers, 1);
        torch.Tensor stem = supernet.Network.Layers[0].Weight;
        torch.Tensor first = mixer.Parameters[0];
        stem.data<float>().Take(16).Zip(first.data<float>())
            .ShouldAllBe(pair => Math.Abs((pair.First * 3) - (pair.Second * Math.Sqrt(first.shape[1]))) > 1e-4);
    }

    [Fact]
    public void The_halves_share_no_image_and_a_pass_over_one_shows_each_once()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        ImageSplit split = ImageSplit.Of(PatternImages.Numbered(80), 1);
        ImageBatches batches = new(split, 8, 1);
        int[] weights = [.. Enumerable.Range(0, 4).SelectMany(_ => Numbers(split, batches.Weights()))];
        int[] architecture = [.. Enumerable.Range(0, 4).SelectMany(_ => Numbers(split, batches.Architecture()))];
        int[] validation = [.. batches.Validation(16).SelectMany(batch => Numbers(split, batch))];
        weights.Concat(architecture).Concat(validation).Order().ShouldBe(Enumerable.Range(0, 80));
        Numbers(split, batches.Weights()).ShouldNotBe(weights[..8]);
    }

    [Fact]
    public void Batches_go_on_where_they_were()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        ImageSplit split = ImageSplit.Of(PatternImages.Numbered(80), 1);
        ImageBatches first = new(split, 8, 1);
        for (int i = 0; i < 6; i++)
        {
            first.Weights();
        }

        ImageBatches second = new(split, 8, 1) { Drawn = first.Drawn };
        (second.Weights().Images - first.Weights().Images).abs().max().item<float>().ShouldBe(0);
    }

    [Fact]
    public void A_mixture_of_one_operation_each_is_the_path()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using Supernet supernet = new(Shape, 1);
        ImageBatch batch = new ImageBatches(ImageSplit.Of(PatternImages.Create(), 1), 8, 1).Weights();
        supernet.Mixture.SetPath(Path);
        torch.Tensor path = supernet.Network.Logits(batch.Images, new ForwardPass());
        torch.Tensor weights = torch.zeros(6, 5);
        for (int edge = 0; edge < Path.Length; edge++)
        {
            weights[edge, Path[edge]] = 1;
        }

        supernet.Mixture.SetAll(weights);
        (supernet.Network.Logits(batch.Images, new ForwardPass()) - path).abs().max().item<float>().ShouldBeLessThan(1e-4f);
    }

    [Fact]
    public void Each_cell_has_kernels_of_its_own_mixed_from_the_same_bases()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using Supernet supernet = new(Shape, 1);
        using KernelMixer mixer = new(supernet.Mixture.Layers, 1);
        ImageBatch batch = new ImageBatches(ImageSplit.Of(PatternImages.Create(), 1), 8, 1).Weights();
        supernet.Mixture.SetPath(Path);
        torch.Tensor plain = supernet.Network.Logits(batch.Images, new ForwardPass());
        torch.Tensor own = supernet.Network.Logits(batch.Images, mixer.PassFor(Path));
        torch.Tensor other = supernet.Network.Logits(batch.Images, mixer.PassFor([1, 1, 1, 1, 1, 1]));
        (own - plain).abs().max().item<float>().ShouldBeGreaterThan(1e-3f);
        (own - other).abs().max().item<float>().ShouldBeGreaterThan(1e-5f);
        mixer.Parameters.Count.ShouldBe(4 + (2 * 6 * 3));
    }

    /// <summary>The images of a batch by the value in their middle, which no crop reaches.</summary>
    private static int[] Numbers(ImageSplit split, ImageBatch batch)
        => [.. Enumerable.Range(0, (int)batch.Images.shape[0])
            .Select(image => (int)Math.Round((batch.Images[image, 0, 4, 4].item<float>() * split.Deviations[0]) + split.Means[0]))];
}
