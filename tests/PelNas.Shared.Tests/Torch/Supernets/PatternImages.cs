using PelNas.Shared.Torch.Supernets;
using TorchSharp;

namespace PelNas.Shared.Tests.Torch.Supernets;

/// <summary>Small images, each class a pattern under noise, sorted by class as files on a disk are.</summary>
internal sealed class PatternImages(int count = 256, int classes = 4) : ISupernetImages
{
    public int Count => count;

    public int Side => 8;

    public int Channels => 1;

    public int Classes => classes;

    public int ClassOf(int number) => number * classes / count;

    public ImageBatch Load(int[] numbers)
    {
        float[] pixels = new float[numbers.Length * Side * Side];
        for (int image = 0; image < numbers.Length; image++)
        {
            Random noise = new(numbers[image]);
            int kind = ClassOf(numbers[image]);
            for (int pixel = 0; pixel < Side * Side; pixel++)
            {
                (int y, int x) = Math.DivRem(pixel, Side);
                bool isOn = kind switch { 0 => x % 2 == 0, 1 => y % 2 == 0, 2 => (x + y) % 2 == 0, _ => x / 2 % 2 == 0 };
                pixels[(image * Side * Side) + pixel] = (isOn ? 1 : -1) + (0.5f * (noise.NextSingle() - 0.5f));
            }
        }

        return new ImageBatch(torch.tensor(pixels, [numbers.Length, 1, Side, Side]), torch.tensor([.. numbers.Select(number => (long)ClassOf(number))]));
    }
}
