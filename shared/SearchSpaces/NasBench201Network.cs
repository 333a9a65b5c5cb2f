namespace PelNas.Shared.SearchSpaces;

/// <summary>
/// Exact counts for the network that NAS-Bench-201 builds around a cell (paper, section 2.1): stem 3x3 convolution to 16 channels,
/// three stages of five cells with 16, 32 and 64 channels, a residual block of stride 2 between stages, batch normalisation, global
/// pooling, linear classifier. Convolutions have no bias; every convolution but the shortcuts' is followed by batch normalisation.
/// </summary>
internal static class NasBench201Network
{
    private const int ImageChannels = 3;
    private const int CellsPerStage = 5;
    private static readonly int[] Channels = [16, 32, 64];

    public static long Parameters(ReadOnlySpan<byte> genotype, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        (int conv1, int conv3) = CountConvolutions(genotype);
        long total = NormalisedConvolution(3, ImageChannels, Channels[0]);
        for (int stage = 0; stage < Channels.Length; stage++)
        {
            int c = Channels[stage];
            total += CellsPerStage * ((conv3 * NormalisedConvolution(3, c, c)) + (conv1 * NormalisedConvolution(1, c, c)));
            if (stage > 0)
            {
                int before = Channels[stage - 1];
                total += NormalisedConvolution(3, before, c) + NormalisedConvolution(3, c, c) + Convolution(1, before, c);
            }
        }

        return total + Normalisation(Channels[^1]) + Classifier(classes);
    }

    public static long MultiplyAccumulates(ReadOnlySpan<byte> genotype, int resolution, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resolution, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        (int conv1, int conv3) = CountConvolutions(genotype);
        long side = resolution;
        long total = side * side * Convolution(3, ImageChannels, Channels[0]);
        for (int stage = 0; stage < Channels.Length; stage++)
        {
            int c = Channels[stage];
            if (stage > 0)
            {
                // Stride 2 with padding 1 rounds up. The shortcut pools first, so its 1x1 convolution works at the smaller size too.
                side = (side + 1) / 2;
                int before = Channels[stage - 1];
                total += side * side * (Convolution(3, before, c) + Convolution(3, c, c) + Convolution(1, before, c));
            }

            total += CellsPerStage * side * side * ((conv3 * Convolution(3, c, c)) + (conv1 * Convolution(1, c, c)));
        }

        return total + Classifier(classes);
    }

    private static (int Conv1, int Conv3) CountConvolutions(ReadOnlySpan<byte> genotype) =>
        (genotype.Count((byte)NasBench201Operation.Conv1x1), genotype.Count((byte)NasBench201Operation.Conv3x3));

    private static long Convolution(int kernel, int from, int to) => (long)kernel * kernel * from * to;

    private static long Normalisation(int channels) => 2L * channels;

    private static long NormalisedConvolution(int kernel, int from, int to) => Convolution(kernel, from, to) + Normalisation(to);

    private static long Classifier(int classes) => (Channels[^1] + 1L) * classes;
}
