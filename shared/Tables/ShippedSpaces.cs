using System.Collections.Immutable;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Tables;

/// <summary>The spaces that ship beside NAS-Bench-201.</summary>
internal static class ShippedSpaces
{
    public const string AccelNasBench = "accel-nasbench";
    public const string AccelNasBenchOpen = "accel-nasbench-open";
    public const string TransNas = "transnas";

    private const string AccelFile = "accel-nasbench.csv.gz";
    private const int AccelNetworks = 5_125;
    private const string AccelDataset = "imagenet";
    private const string AccelFronts = "accel-nasbench-fronts.csv.gz";

    // Most rows that there can be: a column's front may be shorter.
    private const int AccelFrontPoints = 1_000;
    private const string TransNasFile = "transnas-micro.csv.gz";

    public static readonly IReadOnlyList<string> Names = [AccelNasBench, AccelNasBenchOpen, TransNas];

    /// <summary>
    /// The devices of Accel-NASBench: the time of a batch where its authors measured that, else the time that an image takes of the
    /// throughput.
    /// </summary>
    internal static readonly string[] AccelDevices =
    [
        "zcu102-latency", "vck190-latency", "a100-throughput", "rtx3090-throughput", "tpuv2-throughput",
        "tpuv3-throughput", "zcu102-throughput", "vck190-throughput",
    ];

    private static readonly DatasetShape AccelShape = new(224, 1000);

    /// <summary>
    /// TransNAS-Bench-101's tasks as linear functions of its metrics, so that more is better and all is between 0 and 100 as an accuracy
    /// is: percentages as they are, structural similarities times 100, and a negated loss (0.60 to 1.09) times 50 plus 100.
    /// </summary>
    private static readonly (string Task, double Times, double Plus)[] TransNasTasks =
    [
        ("class_scene", 1, 0), ("class_object", 1, 0), ("room_layout", 50, 100), ("jigsaw", 1, 0),
        ("segmentsemantic", 1, 0), ("normal", 100, 0), ("autoencoder", 100, 0),
    ];

    /// <exception cref="DataFileException">The table is missing or damaged.</exception>
    public static ISpaceBenchmark Load(string name, DataDirectory directory) => name switch
    {
        AccelNasBench => LoadAccel(directory),
        AccelNasBenchOpen => LoadOpenAccel(directory),
        _ => LoadTransNas(directory),
    };

    /// <summary>
    /// The seven blocks of Accel-NASBench (Ahmad et al. 2024): expansion, kernel, layers, squeeze-and-excitation of each.
    /// </summary>
    private static readonly Decision[] AccelDecisions =
    [
        .. Enumerable.Range(0, 7).SelectMany(block => new Decision[]
        {
            new($"block{block}_e", ["1", "4", "6"]),
            new($"block{block}_k", ["3", "5"]),
            new($"block{block}_l", block == 5 ? ["1", "2", "3", "4"] : ["1", "2", "3"]),
            new($"block{block}_se", ["0", "1"]),
        }),
    ];

    private static SpaceBenchmark LoadAccel(DataDirectory directory)
    {
        IndexedTable table = directory.Read(AccelFile, AccelNetworks);
        double[][] columns = Array.ConvertAll(AccelDecisions, decision => table.Numbers(decision.Name));
        byte[][] genotypes = [.. Enumerable.Range(0, AccelNetworks)
            .Select(index => AccelDecisions.Zip(columns, (decision, column) => Choice(decision, column[index])).ToArray())];
        double[] macs = table.Numbers("macs_m");
        SpaceCosts costs = new(table.Numbers("params_m"), macs, macs, "million multiply-accumulates");
        return new SpaceBenchmark(
            new TableSpace(AccelNasBench, AccelDecisions, genotypes, costs),
            new Dictionary<string, ImmutableArray<double>> { [AccelDataset] = [.. table.Numbers("top1")] },
            AccelDevices.ToDictionary(device => device, device => ImmutableArray.Create(table.Numbers(device))),
            AccelShape);
    }

    /// <summary>All networks of Accel-NASBench, by surrogates of what was measured of some.</summary>
    private static OpenBenchmark LoadOpenAccel(DataDirectory directory)
    {
        AccelSurrogates surrogates = new(directory);
        Func<byte[], double> macs = surrogates.Of(AccelSurrogates.Macs);
        OpenMeasures measures = new(
            new Dictionary<string, Func<byte[], double>> { [AccelDataset] = surrogates.Of(AccelSurrogates.Accuracy) },
            AccelDevices.ToDictionary(device => device, surrogates.Of),
            surrogates.Of(AccelSurrogates.Params),
            macs,
            macs,
            "million multiply-accumulates");
        IndexedTable fronts = directory.Read(AccelFronts, AccelFrontPoints);
        return new OpenBenchmark(
            AccelNasBenchOpen, new DecisionSpace(AccelDecisions, []), measures, AccelShape,
            AccelDevices.ToDictionary(
                device => device,
                device => (IReadOnlyList<byte[]>)[.. fronts.Texts(device).Where(choices => choices.Length > 0).Select(Genotype)]));
    }

    /// <summary>A network by a digit a decision, the number of its choice.</summary>
    private static byte[] Genotype(string choices) => [.. choices.Select(choice => (byte)(choice - '0'))];

    private static byte Choice(Decision decision, double value)
        => (byte)decision.Find(value.ToString(CultureInfo.InvariantCulture));

    private static SpaceBenchmark LoadTransNas(DataDirectory directory)
    {
        IndexedTable table = directory.Read(TransNasFile, TransNasMicro.CellCount);
        double[] flops = table.Numbers("flops_m");
        return new SpaceBenchmark(
            new TransNasMicro(new SpaceCosts(table.Numbers("encoder_params_m"), flops, flops, "million multiply-accumulates")),
            TransNasTasks.ToDictionary(
                task => task.Task,
                task => ImmutableArray.CreateRange(table.Numbers(task.Task).Select(value => (task.Times * value) + task.Plus))),
            new Dictionary<string, ImmutableArray<double>> { [CountedDevices.Flops] = [.. flops] },
            new DatasetShape(256, 100));
    }
}
