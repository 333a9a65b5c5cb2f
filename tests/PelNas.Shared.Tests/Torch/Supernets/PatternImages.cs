namespace PelNas.Shared.Tests.Torch.Supernets;

/// <summary>Small images, each class a pattern under noise, sorted by class as files on a disk are.</summary>
internal static class PatternImages
{
    private const int Side = 8;

    public static ImageData Create(int count = 320)
    {
        Random noise = new(1);
        byte[] pixels = new byte[count * Side * Side];
        int[] labels = [.. Enumerable.Range(0, count).Select(image => image * 4 / count)];
        for (int pixel = 0; pixel < pixels.Length; pixel++)
        {
            (int image, int place) = Math.DivRem(pixel, Side * Side);
            (int y, int x) = Math.DivRem(place, Side);
            bool isOn = labels[image] switch { 0 => x % 2 == 0, 1 => y % 2 == 0, 2 => (x + y) % 2 == 0, _ => x / 2 % 2 == 0 };
            pixels[pixel] = (byte)((isOn ? 160 : 60) + noise.Next(30));
        }

        return new ImageData(pixels, labels, 1, Side, 4);
    }

    /// <summary>Each image's number is the value of its pixels.</summary>
    public static ImageData Numbered(int count)
        => new([.. Enumerable.Range(0, count).SelectMany(image => Enumerable.Repeat((byte)image, Side * Side))],
            [.. Enumerable.Range(0, count).Select(image => image % 2)], 1, Side, 2);
}
