using System.Collections.Immutable;
using System.Globalization;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Tables;

/// <summary>The spaces that ship beside NAS-Bench-201.</summary>
internal static class ShippedSpaces
{
    public const string AccelNasBench = "accel-nasbench";
    public const string TransNas = "transnas";

    private const string AccelFile = "accel-nasbench.csv.gz";
    private const int AccelNetworks = 5_125;
    private const string TransNasFile = "transnas-micro.csv.gz";

    public static readonly IReadOnlyList<string> Names = [AccelNasBench, TransNas];

    /// <summary>The devices of Accel-NASBench: the time of a batch where its authors measured that, else the time that an image takes of the throughput.</summary>
    private static readonly string[] AccelDevices =
    [
        "zcu102-latency", "vck190-latency", "a100-throughput", "rtx3090-throughput", "tpuv2-throughput", "tpuv3-throughput", "zcu102-throughput", "vck190-throughput",
    ];

    /// <summary>
    /// TransNAS-Bench-101's tasks as linear functions of its metrics, so that more is better and all is between 0 and 100 as an accuracy is:
    /// percentages as they are, structural similarities times 100, and a negated loss (0.60 to 1.09) times 50 plus 100.
    /// </summary>
    private static readonly (string Task, double Times, double Plus)[] TransNasTasks =
    [
        ("class_scene", 1, 0), ("class_object", 1, 0), ("room_layout", 50, 100), ("jigsaw", 1, 0), ("segmentsemantic", 1, 0), ("normal", 100, 0), ("autoencoder", 100, 0),
    ];

    /// <exception cref="DataFileException">The table is missing or damaged.</exception>
    public static SpaceBenchmark Load(string name, DataDirectory directory) => name == AccelNasBench ? LoadAccel(directory) : LoadTransNas(directory);

    /// <summary>The seven blocks of Accel-NASBench (Ahmad et al. 2024): expansion, kernel, layers, squeeze-and-excitation of each.</summary>
    private static SpaceBenchmark LoadAccel(DataDirectory directory)
    {
        IndexedTable table = directory.Read(AccelFile, AccelNetworks);
        Decision[] decisions =
        [
            .. Enumerable.Range(0, 7).SelectMany(block => new Decision[]
            {
                new($"block{block}_e", ["1", "4", "6"]),
                new($"block{block}_k", ["3", "5"]),
                new($"block{block}_l", block == 5 ? ["1", "2", "3", "4"] : ["1", "2", "3"]),
                new($"block{block}_se", ["0", "1"]),
            }),
        ];
        double[][] columns = Array.ConvertAll(decisions, decision => table.Numbers(decision.Name));
        byte[][] genotypes = [.. Enumerable.Range(0, AccelNetworks).Select(index => decisions.Zip(columns, (decision, column) => Choice(decision, column[index])).ToArray())];
        double[] macs = table.Numbers("macs_m");
        SpaceCosts costs = new(table.Numbers("params_m"), macs, macs, "million multiply-accumulates");
        return new SpaceBenchmark(
            new TableSpace(AccelNasBench, decisions, genotypes, costs),
            new Dictionary<string, ImmutableArray<double>> { ["imagenet"] = [.. table.Numbers("top1")] },
            AccelDevices.ToDictionary(device => device, device => ImmutableArray.Create(table.Numbers(device))),
            new DatasetShape(224, 1000));
    }

    private static byte Choice(Decision decision, double value)
        => (byte)decision.Choices.Index().First(choice => choice.Item == value.ToString(CultureInfo.InvariantCulture)).Index;

    private static SpaceBenchmark LoadTransNas(DataDirectory directory)
    {
        IndexedTable table = directory.Read(TransNasFile, TransNasMicro.CellCount);
        double[] flops = table.Numbers("flops_m");
        return new SpaceBenchmark(
            new TransNasMicro(new SpaceCosts(table.Numbers("encoder_params_m"), flops, flops, "million multiply-accumulates")),
            TransNasTasks.ToDictionary(
                task => task.Task, task => ImmutableArray.CreateRange(table.Numbers(task.Task).Select(value => (task.Times * value) + task.Plus))),
            new Dictionary<string, ImmutableArray<double>> { [CountedDevices.Flops] = [.. flops] },
            new DatasetShape(256, 100));
    }
}
