using PelNas.Shared.Torch.Images;
using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Proxies;


namespace PelNas.Shared.Tests.Torch.Proxies;

public sealed class CifarFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pelnas-cifar-");

    [Fact]
    public void Reads_labels_and_normalised_channels_of_CIFAR_10()
    {
        WriteRecords("data_batch_1.bin", 1, 6);
        WriteRecords("data_batch_2.bin", 1, 6);
        (float[] pixels, long[] labels, int side) = CifarFolder.Read(_folder.FullName, Settings("cifar10"));
        side.ShouldBe(32);
        labels.Length.ShouldBe(8);
        for (int i = 0; i < labels.Length; i++)
        {
            // Record r has label r % 10 and the pixel value 20 r + channel everywhere.
            int record = (int)labels[i];
            pixels[i * 3072].ShouldBe(((20 * record) - 125.3f) / 63.0f, 1e-5f);
            pixels[(i * 3072) + 1024].ShouldBe(((20 * record) + 1 - 123.0f) / 62.1f, 1e-5f);
            pixels[(i * 3072) + 3071].ShouldBe(((20 * record) + 2 - 113.9f) / 66.7f, 1e-5f);
        }
    }

    [Fact]
    public void Takes_the_fine_label_of_CIFAR_100()
    {
        WriteRecords("train.bin", 2, 9);
        CifarFolder.Read(_folder.FullName, Settings("cifar100")).Labels.ShouldAllBe(label => label < 9);
    }

    [Fact]
    public void Draws_by_the_seed_and_without_repetition()
    {
        WriteRecords("data_batch_1.bin", 1, 10);
        long[] first = CifarFolder.Read(_folder.FullName, Settings("cifar10")).Labels;
        first.Distinct().Count().ShouldBe(8);
        CifarFolder.Read(_folder.FullName, Settings("cifar10")).Labels.ShouldBe(first);
        CifarFolder.Read(_folder.FullName, Settings("cifar10") with { Seed = 3 }).Labels.ShouldNotBe(first);
    }

    [Fact]
    public void The_images_are_what_a_network_is_shown()
    {
        WriteRecords("data_batch_1.bin", 1, 12);
        byte[] cell = SmallRun.Genotype(SmallRun.Alive);
        using ProxyScorer onImages = new(Settings("cifar10"), ["nwot", "synflow"]);
        using ProxyScorer onNoise = new(Settings("cifar10") with { Images = null }, ["nwot", "synflow"]);
        onImages.Score(cell)[0].ShouldNotBe(onNoise.Score(cell)[0]);
        onImages.Score(cell)[1].ShouldBe(onNoise.Score(cell)[1]);
    }

    [Fact]
    public void The_version_of_settings_changes_with_the_images_and_not_with_their_place()
    {
        WriteRecords("data_batch_1.bin", 1, 8);
        string version = Settings("cifar10").Version;
        version.ShouldStartWith("r2-c4-n1-32px-10-b8-s1-images");
        string moved = Directory.CreateDirectory(Path.Combine(_folder.FullName, "moved")).FullName;
        string copy = Path.Combine(moved, "data_batch_1.bin");
        File.Copy(Path.Combine(_folder.FullName, "data_batch_1.bin"), copy);
        (Settings("cifar10") with { Images = moved }).Version.ShouldBe(version);

        // A pixel, then a label in its place.
        byte[] bytes = File.ReadAllBytes(copy);
        bytes[3072]++;
        File.WriteAllBytes(copy, bytes);
        string otherPixel = (Settings("cifar10") with { Images = moved }).Version;
        bytes[3072]--;
        bytes[0]++;
        File.WriteAllBytes(copy, bytes);
        string otherLabel = (Settings("cifar10") with { Images = moved }).Version;
        new[] { version, otherPixel, otherLabel, (Settings("cifar10") with { Images = null }).Version }.ShouldBeUnique();
    }

    [Fact]
    public void Says_what_is_wrong_with_a_folder()
    {
        Refusal("cifar10").ShouldContain("data_batch_*.bin");
        Refusal("imagenet16-120").ShouldContain("cifar10 and cifar100 only");
        WriteRecords("data_batch_1.bin", 1, 3);
        Refusal("cifar10").ShouldContain("3 images, fewer than a batch of 8");
        File.WriteAllBytes(Path.Combine(_folder.FullName, "data_batch_1.bin"), new byte[3072]);
        Refusal("cifar10").ShouldContain("records of 3073 bytes");
        byte[] wrong = new byte[3073 * 8];
        wrong[0] = 77;
        File.WriteAllBytes(Path.Combine(_folder.FullName, "data_batch_1.bin"), wrong);
        Refusal("cifar10").ShouldContain("class 77");
        Should.Throw<ImageFolderException>(() => CifarFolder.Read(_folder.FullName + "-gone", Settings("cifar10"))).Message.ShouldContain("-gone");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private ProxySettings Settings(string dataset)
        => new() { Shape = NetworkShape.Of(dataset, 4, 1), BatchSize = 8, Images = _folder.FullName };

    private string Refusal(string dataset)
        => Should.Throw<ImageFolderException>(() => CifarFolder.Read(_folder.FullName, Settings(dataset))).Message;

    private void WriteRecords(string file, int labelBytes, int count)
    {
        List<byte> bytes = [];
        for (int record = 0; record < count; record++)
        {
            bytes.AddRange(labelBytes == 2 ? [99, (byte)record] : [(byte)(record % 10)]);
            for (int channel = 0; channel < 3; channel++)
            {
                bytes.AddRange(Enumerable.Repeat((byte)((20 * record) + channel), 1024));
            }
        }

        File.WriteAllBytes(Path.Combine(_folder.FullName, file), [.. bytes]);
    }
}
