namespace PelNas.Shared.Tests.SearchSpaces;

/// <summary>
/// Cells of NAS-Bench-201 with random weights, in double precision and apart from the product's networks: ReLU, convolution with zero
/// padding, batch normalisation with a scale and a shift; average pooling that leaves the padding out. Four channels of 3x3 pixels.
/// </summary>
internal sealed class RandomCell
{
    public const int Channels = 4;
    public const int Side = 3;
    private const int Pixels = Side * Side;
    private const int Image = Channels * Pixels;

    private static readonly (int Pixel, int Tap)[][] PixelItself = Windows(0);
    private static readonly (int Pixel, int Tap)[][] PixelAndNeighbours = Windows(1);

    /// <summary>Makes a set of weights for each edge that a cell can have, and one more.</summary>
    public RandomCell(int seed)
    {
        Random random = new(seed);
        Sets =
        [
            .. Enumerable.Range(0, 7).Select(_ => new Weights(
                Normal.Draw(Channels * Channels, random), Normal.Draw(Channels * Channels * 9, random), Normal.Draw(Channels, random),
                Normal.Draw(Channels, random))),
        ];
    }

    public Weights[] Sets { get; }

    /// <summary>Images with standard normal values.</summary>
    public static double[] Images(int count, int seed) => Normal.Draw(count * Image, new Random(seed));

    /// <summary>The output of a cell.</summary>
    /// <param name="genotype">Six operations.</param>
    /// <param name="setOf">The set of weights that the convolution of each edge has.</param>
    /// <param name="images">Of 4x3x3 values each.</param>
    public double[] Output(ReadOnlySpan<byte> genotype, int[] setOf, double[] images)
    {
        double[][] nodes = [images, new double[images.Length], new double[images.Length], new double[images.Length]];
        int edge = 0;
        for (int to = 1; to < nodes.Length; to++)
        {
            for (int from = 0; from < to; from++, edge++)
            {
                double[]? term = (NasBench201Operation)genotype[edge] switch
                {
                    NasBench201Operation.None => null,
                    NasBench201Operation.SkipConnect => nodes[from],
                    NasBench201Operation.AvgPool3x3 => Pool(nodes[from]),
                    NasBench201Operation.Conv1x1 => Convolve(nodes[from], Sets[setOf[edge]].Conv1x1, PixelItself, Sets[setOf[edge]]),
                    _ => Convolve(nodes[from], Sets[setOf[edge]].Conv3x3, PixelAndNeighbours, Sets[setOf[edge]]),
                };
                for (int i = 0; term is not null && i < images.Length; i++)
                {
                    nodes[to][i] += term[i];
                }
            }
        }

        return nodes[^1];
    }

    private static double[] Pool(double[] input)
    {
        double[] output = new double[input.Length];
        for (int i = 0; i < input.Length; i++)
        {
            (int Pixel, int Tap)[] window = PixelAndNeighbours[i % Pixels];
            foreach ((int pixel, _) in window)
            {
                output[i] += input[i - (i % Pixels) + pixel] / window.Length;
            }
        }

        return output;
    }

    private static double[] Convolve(double[] input, double[] kernel, (int Pixel, int Tap)[][] windows, Weights weights)
    {
        int taps = kernel.Length / (Channels * Channels);
        double[] output = new double[input.Length];
        for (int i = 0; i < input.Length; i++)
        {
            int channel = i % Image / Pixels;
            for (int from = 0; from < Channels; from++)
            {
                int start = i - (i % Image) + (from * Pixels);
                foreach ((int pixel, int tap) in windows[i % Pixels])
                {
                    output[i] += Math.Max(input[start + pixel], 0) * kernel[(((channel * Channels) + from) * taps) + tap];
                }
            }
        }

        for (int channel = 0; channel < Channels; channel++)
        {
            Normalise(output, channel, weights.Scale[channel], weights.Shift[channel]);
        }

        return output;
    }

    private static void Normalise(double[] values, int channel, double scale, double shift)
    {
        double sum = 0;
        double squares = 0;
        int count = values.Length / Channels;
        for (int i = 0; i < values.Length; i++)
        {
            sum += i % Image / Pixels == channel ? values[i] : 0;
        }

        double mean = sum / count;
        for (int i = 0; i < values.Length; i++)
        {
            squares += i % Image / Pixels == channel ? (values[i] - mean) * (values[i] - mean) : 0;
        }

        double deviation = Math.Sqrt((squares / count) + 1e-5);
        for (int i = 0; i < values.Length; i++)
        {
            if (i % Image / Pixels == channel)
            {
                values[i] = ((values[i] - mean) / deviation * scale) + shift;
            }
        }
    }

    /// <summary>For each pixel those of the square around it that lie in the image, each with its place in the square.</summary>
    private static (int Pixel, int Tap)[][] Windows(int reach)
    {
        int[] offsets = [.. Enumerable.Range(-reach, (2 * reach) + 1)];
        return
        [
            .. Enumerable.Range(0, Pixels).Select(centre => (
                from dy in offsets
                from dx in offsets
                let y = (centre / Side) + dy
                let x = (centre % Side) + dx
                where y is >= 0 and < Side && x is >= 0 and < Side
                select ((y * Side) + x, ((dy + reach) * offsets.Length) + dx + reach)).ToArray()),
        ];
    }

    /// <summary>Weights of an edge, whichever convolution it has.</summary>
    /// <param name="Conv1x1">[output, input].</param>
    /// <param name="Conv3x3">[output, input, 3, 3].</param>
    /// <param name="Scale">Of the normalisation, a value for each channel.</param>
    /// <param name="Shift">Likewise.</param>
    public sealed record Weights(double[] Conv1x1, double[] Conv3x3, double[] Scale, double[] Shift);
}
