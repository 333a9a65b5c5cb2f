using System.Buffers.Binary;

namespace PelNas.Shared.Tests.Torch.Images;

public sealed class ImageFolderTests : FolderTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Idx_files_are_read_whether_compressed_or_not(bool isCompressed)
    {
        WriteIdx(Folder.Path, count: 30, side: 6, isCompressed);

        ImageData data = ImageFolder.Read(Folder.Path, side: null, maxImages: null, seed: 1);

        (data.Count, data.Channels, data.Side, data.Classes).ShouldBe((30, 1, 6, 3));
        data.Labels.ShouldBe(Enumerable.Range(0, 30).Select(image => image % 3));
        data.Pixels[36..39].ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void The_training_images_are_read_and_not_the_test_images()
    {
        WriteIdx(Folder.Path, count: 30, side: 6, isCompressed: false);
        WriteIdx(Folder.Path, count: 24, side: 6, isCompressed: false, prefix: "t10k");

        ImageFolder.Read(Folder.Path, side: null, maxImages: null, seed: 1).Count.ShouldBe(30);
    }

    [Fact]
    public void A_CIFAR_folder_is_read_record_by_record()
    {
        byte[] record = new byte[3073];
        List<byte> file = [];
        for (int i = 0; i < 25; i++)
        {
            record[0] = (byte)(i % 10);
            record.AsSpan(1).Fill((byte)i);
            file.AddRange(record);
        }

        File.WriteAllBytes(Path.Combine(Folder.Path, "data_batch_1.bin"), [.. file]);

        ImageData data = ImageFolder.Read(Folder.Path, side: null, maxImages: null, seed: 1);

        (data.Count, data.Channels, data.Side, data.Classes).ShouldBe((25, 3, 32, 10));
        data.Labels[13].ShouldBe(3);
        data.Pixels[13 * data.ImageBytes].ShouldBe((byte)13);
    }

    [Fact]
    public void A_folder_of_images_for_each_class_is_read_in_the_order_of_names()
    {
        foreach ((string name, byte red) in new[] { ("cats", (byte)200), ("dogs", (byte)100) })
        {
            string folder = Directory.CreateDirectory(Path.Combine(Folder.Path, name)).FullName;
            for (int i = 0; i < 12; i++)
            {
                File.WriteAllBytes(Path.Combine(folder, $"{i}.bmp"), Bitmap(10, 5, red));
            }
        }

        ImageData data = ImageFolder.Read(Folder.Path, side: 4, maxImages: null, seed: 1);

        (data.Count, data.Channels, data.Side, data.Classes).ShouldBe((24, 3, 4, 2));
        for (int i = 0; i < data.Count; i++)
        {
            data.Pixels[i * data.ImageBytes].ShouldBe(data.Labels[i] == 0 ? (byte)200 : (byte)100);
            data.Pixels[(i * data.ImageBytes) + 16].ShouldBe((byte)7, "the second channel is green");
        }
    }

    [Fact]
    public void Images_are_drawn_by_the_seed_and_brought_to_a_size()
    {
        WriteIdx(Folder.Path, count: 40, side: 6, isCompressed: false);

        ImageData first = ImageFolder.Read(Folder.Path, side: 3, maxImages: 20, seed: 1);

        (first.Count, first.Side, first.Pixels.Length).ShouldBe((20, 3, 180));
        ImageFolder.Read(Folder.Path, side: 3, maxImages: 20, seed: 1).Pixels.ShouldBe(first.Pixels);
        ImageFolder.Read(Folder.Path, side: 3, maxImages: 20, seed: 2).Pixels.ShouldNotBe(first.Pixels);
    }

    [Fact]
    public void A_pixel_of_a_smaller_image_is_the_mean_of_those_that_it_covers()
        => new ImageData([0, 10, 20, 30, 4, 6, 40, 60, 1, 1, 2, 2, 1, 1, 2, 2], [0], 1, 4, 2).Resize(2).Pixels.ShouldBe([5, 38, 1, 2]);

    [Fact]
    public void What_is_no_folder_of_images_is_refused_with_what_it_should_hold()
    {
        Should.Throw<ImageFolderException>(() => ImageFolder.Read(Folder.Path, null, null, 1))
            .Message.ShouldContain("a folder of PNG, JPEG or BMP images for each class");
        Should.Throw<ImageFolderException>(() => ImageFolder.Read(Path.Combine(Folder.Path, "none"), null, null, 1))
            .Message.ShouldContain("cannot be read");
        WriteIdx(Folder.Path, count: 10, side: 6, isCompressed: false);
        Should.Throw<ImageFolderException>(() => ImageFolder.Read(Folder.Path, null, null, 1)).Message.ShouldContain("20 images");
        File.WriteAllBytes(Path.Combine(Folder.Path, "train-images-idx3-ubyte"), new byte[100]);
        Should.Throw<ImageFolderException>(() => ImageFolder.Read(Folder.Path, null, null, 1)).Message.ShouldContain("no idx files");
    }

    private static void WriteIdx(string folder, int count, int side, bool isCompressed, string prefix = "train")
    {
        byte[] images = new byte[16 + (count * side * side)];
        int[] header = [0x803, count, side, side];
        for (int i = 0; i < header.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(4 * i), header[i]);
        }

        for (int i = 0; i < count; i++)
        {
            for (int p = 0; p < side * side; p++)
            {
                images[16 + (i * side * side) + p] = (byte)(i + p);
            }
        }

        byte[] labels = new byte[8 + count];
        BinaryPrimitives.WriteInt32BigEndian(labels, 0x801);
        BinaryPrimitives.WriteInt32BigEndian(labels.AsSpan(4), count);
        for (int i = 0; i < count; i++)
        {
            labels[8 + i] = (byte)(i % 3);
        }

        Write($"{prefix}-images-idx3-ubyte", images);
        Write($"{prefix}-labels-idx1-ubyte", labels);

        void Write(string name, byte[] bytes)
        {
            using FileStream file = File.Create(Path.Combine(folder, isCompressed ? name + ".gz" : name));
            using Stream stream = isCompressed ? new GZipStream(file, CompressionLevel.Fastest) : file;
            stream.Write(bytes);
        }
    }

    /// <summary>A bitmap of 24 bits in one colour: blue 3, green 7.</summary>
    private static byte[] Bitmap(int width, int height, byte red)
    {
        int row = ((width * 3) + 3) / 4 * 4;
        byte[] file = new byte[54 + (row * height)];
        (file[0], file[1]) = ((byte)'B', (byte)'M');
        (int Place, int Value)[] numbers = [(2, file.Length), (10, 54), (14, 40), (18, width), (22, height), (34, row * height)];
        foreach ((int place, int value) in numbers)
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(place), value);
        }

        (file[26], file[28]) = (1, 24);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                new byte[] { 3, 7, red }.CopyTo(file, 54 + (y * row) + (3 * x));
            }
        }

        return file;
    }
}
