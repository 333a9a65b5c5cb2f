using PelNas.Shared.Torch.Learning;
using PelNas.Shared.Torch.Loading;
using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Supernets;
using TorchSharp;

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
        PatternImages images = new();
        ImageBatches batches = new(images, 32, 1);
        batches.Validation(64).ShouldAllBe(batch => batch.Labels.data<long>().ToArray().Distinct().Count() == 4);
        batches.Weights().Labels.data<long>().ToArray().Distinct().Count().ShouldBe(4);

        using Supernet supernet = new(Shape, 1);
        using SgdOptimizer sgd = new(supernet.Network.Parameters);
        supernet.Mixture.SetPath(Path);
        for (int step = 0; step < 60; step++)
        {
            using DisposeScope inner = torch.NewDisposeScope();
            sgd.Step(supernet.Loss(batches.Weights()), 0.025);
        }

        supernet.Accuracy(batches.Validation(128)).ShouldBeGreaterThan(0.9);
        supernet.Accuracy([.. Enumerable.Range(0, images.Count).Chunk(32).Select(images.Load)]).ShouldBeLessThan(0.6);
    }

    [Fact]
    public void The_halves_share_no_image_and_a_pass_over_one_shows_each_once()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        CountingImages images = new(64);
        ImageBatches batches = new(images, 8, 1);
        int[] weights = [.. Enumerable.Range(0, 4).SelectMany(_ => images.Numbers(batches.Weights))];
        int[] architecture = [.. Enumerable.Range(0, 4).SelectMany(_ => images.Numbers(batches.Architecture))];
        weights.Concat(architecture).Order().ShouldBe(Enumerable.Range(0, 64));
        images.Numbers(batches.Weights).ShouldNotBe(weights[..8]);
    }

    [Fact]
    public void Batches_go_on_where_they_were()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        CountingImages images = new(64);
        ImageBatches first = new(images, 8, 1);
        for (int i = 0; i < 6; i++)
        {
            first.Weights();
        }

        ImageBatches second = new(images, 8, 1) { Drawn = first.Drawn };
        images.Numbers(second.Weights).ShouldBe(images.Numbers(first.Weights));
    }

    [Fact]
    public void A_mixture_of_one_operation_each_is_the_path()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using Supernet supernet = new(Shape, 1);
        ImageBatch batch = new PatternImages().Load([0, 100, 150, 200]);
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
        ImageBatch batch = new PatternImages().Load([0, 100, 150, 200]);
        supernet.Mixture.SetPath(Path);
        torch.Tensor plain = supernet.Network.Logits(batch.Images, new ForwardPass());
        torch.Tensor own = supernet.Network.Logits(batch.Images, mixer.PassFor(Path));
        torch.Tensor other = supernet.Network.Logits(batch.Images, mixer.PassFor([1, 1, 1, 1, 1, 1]));
        (own - plain).abs().max().item<float>().ShouldBeGreaterThan(1e-3f);
        (own - other).abs().max().item<float>().ShouldBeGreaterThan(1e-5f);
        mixer.Parameters.Count.ShouldBe(4 + (2 * 6 * 3));
    }

    private sealed class CountingImages(int count) : ISupernetImages
    {
        private int[] _last = [];

        public int Count => count;

        public int Side => 4;

        public int Channels => 1;

        public int Classes => 2;

        public ImageBatch Load(int[] numbers)
        {
            _last = numbers;
            return new ImageBatch(torch.zeros(numbers.Length, 1, 4, 4), torch.zeros(numbers.Length, torch.ScalarType.Int64));
        }

        public int[] Numbers(Func<ImageBatch> draw)
        {
            draw();
            return _last;
        }
    }
}
