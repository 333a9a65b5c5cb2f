using PelNas.Shared.Torch.Training;

namespace PelNas.Shared.Tests.Torch.Training;

public sealed class CellTrainerTests : FolderTest
{
    private const int Cell = 6111;
    private const int Side = 8;
    private static readonly NetworkShape Shape = new(4, 1, Side, 3, ImageChannels: 1);
    private static readonly TrainingSettings Settings = new() { Epochs = 4, BatchSize = 16 };

    public CellTrainerTests() => LibTorch.EnsureLoaded();

    private string CheckpointPath => Path.Combine(Folder.Path, "cell.checkpoint");

    [Fact]
    public void A_network_learns_what_its_images_show()
    {
        TrainedNetwork trained = Train(Settings);

        trained.Accuracy.ShouldBeGreaterThan(80);
        trained.Epochs.Select(epoch => epoch.Number).ShouldBe([1, 2, 3, 4]);
        trained.Epochs[^1].Loss.ShouldBeLessThan(trained.Epochs[0].Loss);
    }

    /// <summary>
    /// Labels that have nothing to do with the images cannot be learnt: neither does anything leak into the validation images.
    /// </summary>
    [Fact]
    public void Nothing_is_learnt_where_there_is_nothing_to_learn()
    {
        ImageData images = Stripes(600);
        int[] labels = [.. images.Labels];
        new Random(4).Shuffle(labels);

        Train(Settings, ImageSplit.Of(images with { Labels = labels }, 1)).Accuracy.ShouldBeInRange(15, 55);
    }

    [Fact]
    public void The_same_seed_gives_the_same_network_and_another_seed_another()
    {
        TrainedNetwork first = Train(Settings);
        Train(Settings).Last.Values.ShouldBe(first.Last.Values);
        Train(Settings with { Seed = 2 }).Last.Values.ShouldNotBe(first.Last.Values);
    }

    [Fact]
    public void A_training_that_was_cut_short_goes_on_from_its_last_epoch_to_the_same_network()
    {
        TrainedNetwork whole = Train(Settings);
        using CancellationTokenSource stop = new();
        Should.Throw<OperationCanceledException>(() => Trainer(Settings).Train(
            NasBench201.Instance.Genotype(Cell), CheckpointPath, epoch => { if (epoch.Number == 2) { stop.Cancel(); } }, stop.Token));
        List<int> run = [];

        TrainedNetwork resumed = Trainer(Settings)
            .Train(NasBench201.Instance.Genotype(Cell), CheckpointPath, epoch => run.Add(epoch.Number), CancellationToken.None);

        run.ShouldBe([3, 4]);
        resumed.Last.Values.ShouldBe(whole.Last.Values);
        resumed.Best.Values.ShouldBe(whole.Best.Values);
        resumed.Epochs.Select(epoch => (epoch.Number, epoch.Loss, epoch.Accuracy))
            .ShouldBe(whole.Epochs.Select(epoch => (epoch.Number, epoch.Loss, epoch.Accuracy)));
    }

    [Fact]
    public void A_checkpoint_of_other_settings_images_or_cell_is_not_gone_on_from()
    {
        byte[] cell = NasBench201.Instance.Genotype(Cell).ToArray();
        byte[] pooling = [.. cell.Select(operation => operation == (byte)NasBench201Operation.SkipConnect ? (byte)4 : operation)];
        new NetworkLayout(pooling, Shape).Tensors.Select(tensor => tensor.Name)
            .ShouldBe(new NetworkLayout(cell, Shape).Tensors.Select(tensor => tensor.Name));

        GoesOn(Trainer(Settings), cell).ShouldBeTrue();
        GoesOn(Trainer(Settings with { Epochs = 2 }), cell).ShouldBeFalse();
        GoesOn(Trainer(Settings, ImageSplit.Of(Stripes(301), 1)), cell).ShouldBeFalse();
        GoesOn(Trainer(Settings), pooling).ShouldBeFalse();

        bool GoesOn(CellTrainer trainer, byte[] genotype)
        {
            File.Delete(CheckpointPath);
            StopAfterOneEpoch(cell);
            return FirstEpoch(trainer, genotype) > 1;
        }
    }

    [Fact]
    public void A_damaged_checkpoint_is_not_gone_on_from()
    {
        byte[] cell = NasBench201.Instance.Genotype(Cell).ToArray();
        StopAfterOneEpoch(cell);
        File.WriteAllBytes(CheckpointPath, File.ReadAllBytes(CheckpointPath)[..^100]);

        FirstEpoch(Trainer(Settings), cell).ShouldBe(1);
    }

    [Fact]
    public void Fifty_trainings_leave_no_tensor_behind()
    {
        TrainingSettings settings = Settings with { Epochs = 2 };
        ImageSplit split = ImageSplit.Of(Stripes(40), 1);
        Train(settings, split);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 50; i++)
        {
            Trainer(settings, split).Train(NasBench201.Instance.Genotype(312 * i), CheckpointPath, progress: null, CancellationToken.None);
            File.Delete(CheckpointPath);
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.ShouldBe(before);
    }

    private void StopAfterOneEpoch(byte[] cell)
    {
        using CancellationTokenSource stop = new();
        Should.Throw<OperationCanceledException>(() => Trainer(Settings).Train(cell, CheckpointPath, _ => stop.Cancel(), stop.Token));
    }

    private int FirstEpoch(CellTrainer trainer, byte[] cell)
    {
        List<int> run = [];
        trainer.Train(cell, CheckpointPath, epoch => run.Add(epoch.Number), CancellationToken.None);
        return run[0];
    }

    private static TrainedNetwork Train(TrainingSettings settings, ImageSplit? split = null)
        => Trainer(settings, split).Train(NasBench201.Instance.Genotype(Cell), checkpoint: null, progress: null, CancellationToken.None);

    private static CellTrainer Trainer(TrainingSettings settings, ImageSplit? split = null)
        => new(split ?? ImageSplit.Of(Stripes(300), 1), Shape, settings, TimeProvider.System);

    /// <summary>Noise with rows, columns or nothing brightened: what no shift or mirror hides.</summary>
    private static ImageData Stripes(int count)
    {
        Random random = new(1);
        byte[] pixels = new byte[count * Side * Side];
        int[] labels = [.. Enumerable.Range(0, count).Select(image => image % 3)];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int image, int place) = Math.DivRem(i, Side * Side);
            bool isBright = labels[image] switch { 0 => place / Side % 2 == 0, 1 => place % 2 == 0, _ => false };
            pixels[i] = (byte)(random.Next(100) + (isBright ? 120 : 0));
        }

        return new ImageData(pixels, labels, 1, Side, 3);
    }
}
