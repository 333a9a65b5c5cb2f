namespace PelNas.Shared.Tests.Torch.Proxies;

public sealed class ProxyImagesTests : FolderTest
{
    private const int Count = 24;

    [Fact]
    public void Channels_are_normalised_by_the_moments_of_the_folder()
    {
        WriteCifar("data_batch_1.bin", Count / 2);
        WriteCifar("data_batch_2.bin", Count / 2);

        ProxyImages batch = ProxyImages.Read(Settings("cifar10"));

        // Record r of each file has label r % 10 and the pixel value 5 r + channel everywhere.
        double mean = Enumerable.Range(0, Count / 2).Average(record => 5.0 * record);
        double deviation = Math.Sqrt(Enumerable.Range(0, Count / 2).Average(record => Math.Pow((5.0 * record) - mean, 2)));
        batch.Labels.Length.ShouldBe(8);
        for (int i = 0; i < batch.Labels.Length; i++)
        {
            double[] possible = [.. new[] { batch.Labels[i], batch.Labels[i] + 10 }.Select(record => ((5.0 * record) - mean) / deviation)];
            foreach (int place in new[] { 0, 1024, 3071 })
            {
                possible.ShouldContain(value => Math.Abs(value - batch.Pixels[(i * 3072) + place]) < 1e-4);
            }
        }
    }

    [Fact]
    public void Grey_images_of_any_size_have_three_equal_channels_of_the_size_of_the_network()
    {
        WriteIdx(12);
        ProxySettings settings = Settings("cifar10") with { Shape = new NetworkShape(4, 1, 6, 3) };

        ProxyImages batch = ProxyImages.Read(settings);

        batch.Pixels.Length.ShouldBe(8 * 3 * 36);
        batch.Pixels[36..72].ShouldBe(batch.Pixels[..36]);
        batch.Pixels[72..108].ShouldBe(batch.Pixels[..36]);
        using ProxyScorer scorer = new(settings, ["nwot"]);
        scorer.Score(SmallRun.Genotype(SmallRun.Alive))[0].Value.ShouldNotBeNull();
    }

    [Fact]
    public void Draws_by_the_seed_and_without_repetition()
    {
        WriteCifar("data_batch_1.bin", Count);
        ProxyImages first = ProxyImages.Read(Settings("cifar10"));

        first.Pixels.Chunk(3072).Select(image => image[0]).ShouldBeUnique();
        ProxyImages.Read(Settings("cifar10")).Pixels.ShouldBe(first.Pixels);
        ProxyImages.Read(Settings("cifar10") with { Seed = 3 }).Pixels.ShouldNotBe(first.Pixels);
    }

    [Fact]
    public void The_images_are_what_a_network_is_shown()
    {
        WriteCifar("data_batch_1.bin", Count);
        byte[] cell = SmallRun.Genotype(SmallRun.Alive);
        using ProxyScorer onImages = new(Settings("cifar10"), ["nwot", "synflow"]);
        using ProxyScorer onNoise = new(Settings("cifar10") with { Images = null }, ["nwot", "synflow"]);
        onImages.Score(cell)[0].ShouldNotBe(onNoise.Score(cell)[0]);
        onImages.Score(cell)[1].ShouldBe(onNoise.Score(cell)[1]);
    }

    [Fact]
    public void The_version_of_settings_changes_with_the_images_and_not_with_their_place()
    {
        WriteCifar("data_batch_1.bin", Count);
        string version = Settings("cifar10").Version;
        version.ShouldStartWith("r2-c4-n1-32px-10-b8-s1-images");
        Copy("moved", _ => { }).ShouldBe(version);
        string[] others =
        [
            Copy("pixels", bytes => { for (int i = 3072; i < bytes.Length; i += 3073) { bytes[i]++; } }),
            Copy("labels", bytes => { for (int i = 0; i < bytes.Length; i += 3073) { bytes[i] = (byte)((bytes[i] + 1) % 10); } }),
            (Settings("cifar10") with { Images = null }).Version,
        ];
        others.Append(version).ShouldBeUnique();
    }

    [Fact]
    public void Says_what_is_wrong_with_a_folder()
    {
        Refusal(Settings("cifar10")).ShouldContain("has no images that can be read");
        WriteCifar("data_batch_1.bin", Count);
        Refusal(Settings("cifar10") with { BatchSize = 32 }).ShouldContain("24 images, fewer than a batch of 32");
        Refusal(Settings("cifar10") with { Shape = new NetworkShape(4, 1, 32, 2) }).ShouldContain("and there are 2");
    }

    private ProxySettings Settings(string dataset)
        => new() { Shape = NetworkShape.Of(dataset, 4, 1), BatchSize = 8, Images = Folder.Path };

    private static string Refusal(ProxySettings settings) => Should.Throw<ImageFolderException>(() => ProxyImages.Read(settings)).Message;

    private string Copy(string name, Action<byte[]> change)
    {
        string folder = Directory.CreateDirectory(Folder.File(name)).FullName;
        byte[] bytes = File.ReadAllBytes(Folder.File("data_batch_1.bin"));
        change(bytes);
        File.WriteAllBytes(Path.Combine(folder, "data_batch_1.bin"), bytes);
        return (Settings("cifar10") with { Images = folder }).Version;
    }

    private void WriteCifar(string file, int count)
    {
        List<byte> bytes = [];
        for (int record = 0; record < count; record++)
        {
            bytes.Add((byte)(record % 10));
            for (int channel = 0; channel < 3; channel++)
            {
                bytes.AddRange(Enumerable.Repeat((byte)((5 * record) + channel), 1024));
            }
        }

        File.WriteAllBytes(Folder.File(file), [.. bytes]);
    }

    private void WriteIdx(byte side)
    {
        byte[] pixels = new byte[Count * side * side];
        new Random(1).NextBytes(pixels);
        File.WriteAllBytes(Folder.File("train-images-idx3-ubyte"),
            [0, 0, 8, 3, 0, 0, 0, Count, 0, 0, 0, side, 0, 0, 0, side, .. pixels]);
        File.WriteAllBytes(Folder.File("train-labels-idx1-ubyte"),
            [0, 0, 8, 1, 0, 0, 0, Count, .. Enumerable.Range(0, Count).Select(image => (byte)(image % 3))]);
    }
}
