namespace PelNas.Shared.Tables;

/// <summary>
/// Surrogates of Accel-NASBench's measurements for all of its networks: linear in what each block is, one weight a combination of its four
/// decisions, and in products of decisions of different blocks. Parameters and multiply-accumulates are exact by the blocks alone. Fitted
/// by ridge regression on the authors' training split (bench, <c>accel-surrogates</c>).
/// </summary>
internal sealed class AccelSurrogates
{
    public const string FileName = "accel-nasbench-surrogates.csv.gz";

    /// <summary>Column of the accuracy, which is fitted as -log(<see cref="Ceiling"/> - percent).</summary>
    public const string Accuracy = "top1";

    public const string Macs = "macs_m";
    public const string Params = "params_m";

    /// <summary>Accuracy that no network reaches: five points above the best that was measured.</summary>
    public const double Ceiling = 72;

    /// <summary>Number of the first weight of a pair, after an offset and the combinations of the seven blocks.</summary>
    public const int FirstPair = 1 + 36 + 36 + 36 + 36 + 36 + 48 + 36;

    /// <summary>Number of weights.</summary>
    public const int Count = FirstPair + (Blocks * (Blocks - 1) / 2 * PerBlock * PerBlock);

    private const int Blocks = 7;
    private const int PerBlock = 4;

    private readonly IndexedTable _table;

    public AccelSurrogates(DataDirectory directory) => _table = directory.Read(FileName, Count);

    private static ReadOnlySpan<int> Combinations => [36, 36, 36, 36, 36, 48, 36];

    /// <summary>A column as a function of a network's choices.</summary>
    /// <exception cref="DataFileException">The table is damaged.</exception>
    public Func<byte[], double> Of(string column)
    {
        double[] weights = _table.Numbers(column);
        return column == Accuracy
            ? genotype => Math.Clamp(Ceiling - Math.Exp(-Sum(weights, genotype)), 0, 100)
            : genotype => Sum(weights, genotype);
    }

    private static double Sum(double[] weights, byte[] genotype)
    {
        Span<double> features = stackalloc double[Count];
        WriteFeatures(genotype, features);
        double sum = 0;
        for (int feature = 0; feature < Count; feature++)
        {
            sum += weights[feature] * features[feature];
        }

        return sum;
    }

    /// <summary>Writes the features of a network.</summary>
    /// <param name="genotype">Expansion, kernel, layers and squeeze-and-excitation of each block, as numbers of choices.</param>
    /// <param name="features">Receives <see cref="Count"/> values.</param>
    public static void WriteFeatures(byte[] genotype, Span<double> features)
    {
        features.Clear();
        features[0] = 1;
        int start = 1;
        for (int block = 0; block < Blocks; block++)
        {
            int first = block * PerBlock;
            int layers = Combinations[block] / 12;
            int combination = (((((genotype[first] * 2) + genotype[first + 1]) * layers) + genotype[first + 2]) * 2) + genotype[first + 3];
            features[start + combination] = 1;
            start += Combinations[block];
        }

        Span<double> levels = stackalloc double[Blocks * PerBlock];
        for (int decision = 0; decision < levels.Length; decision++)
        {
            levels[decision] = Level(genotype, decision);
        }

        for (int decision = 0; decision < levels.Length; decision++)
        {
            for (int other = ((decision / PerBlock) + 1) * PerBlock; other < levels.Length; other++)
            {
                features[start++] = levels[decision] * levels[other];
            }
        }
    }

    /// <summary>A decision as a number from -1 to 1. Expansions are 1, 4, 6.</summary>
    private static double Level(byte[] genotype, int decision) => (decision % PerBlock, genotype[decision]) switch
    {
        (0, 1) => 0.2,
        (0, var choice) => choice - 1,
        (2, var choice) when decision / PerBlock == 5 => (choice / 1.5) - 1,
        (2, var choice) => choice - 1,
        (_, var choice) => (2 * choice) - 1,
    };
}
