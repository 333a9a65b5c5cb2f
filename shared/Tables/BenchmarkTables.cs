using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Tables;

/// <summary>
/// The tables that ship with the product: accuracies, latencies and training-free scores of every NAS-Bench-201 architecture. A
/// file is read and checked when a value of it is first needed. Safe to share between threads.
/// </summary>
public sealed class BenchmarkTables
{
    private const string TestFile = "nasbench201-accuracy.csv.gz";
    private const string ValidationFile = "nasbench201-validation.csv.gz";
    private const string ScoreFile = "zerocost-nasbench201.csv.gz";

    private const string EnergyFile = "hwnasbench-energy-mj.csv.gz";

    private const string ProxyFile = "zerocost-proxies-cifar10.csv.gz";

    private readonly DataDirectory _directory;
    private readonly ConcurrentDictionary<string, Remembered<IndexedTable>> _tables = new();
    private readonly ConcurrentDictionary<string, Remembered<double[]>> _columns = new();
    private readonly ConcurrentDictionary<string, Remembered<BenchmarkContext>> _contexts = new();
    private readonly ConcurrentDictionary<string, Remembered<ISpaceBenchmark>> _spaces = new();

    /// <summary>Opens the tables of a directory. Nothing is read yet.</summary>
    public BenchmarkTables(string dataDirectory) => _directory = new(dataDirectory);

    /// <summary>The space that the tables are about.</summary>
    public ISearchSpace Space { get; } = NasBench201.Instance;

    /// <summary>Names of the other spaces that ship.</summary>
    public static IReadOnlyList<string> OtherSpaces => ShippedSpaces.Names;

    /// <summary>Another space that ships, with its tables.</summary>
    /// <exception cref="UnknownContextException">There is no such space.</exception>
    /// <exception cref="DataFileException">A table is missing or damaged.</exception>
    public ISpaceBenchmark GetSpace(string name) => OtherSpaces.Contains(name)
        ? _spaces.GetOrAdd(name, key => new(() => ShippedSpaces.Load(key, _directory))).Value
        : throw new UnknownContextException(
            "space", name, OtherSpaces, $"space {NearMiss.Unknown(name, [Space.Name, .. OtherSpaces])}.");

    /// <summary>Data sets with accuracies.</summary>
    public IReadOnlyList<string> Datasets { get; } = DeviceCatalog.Datasets;

    /// <summary>Devices with latencies.</summary>
    public IReadOnlyList<DeviceInfo> Devices { get; } = DeviceCatalog.Devices;

    /// <summary>Opens the <c>data</c> directory beside the running program.</summary>
    public static BenchmarkTables OpenDefault() => new(Path.Combine(AppContext.BaseDirectory, "data"));

    /// <summary>The context of a data set and a device, the same object each time.</summary>
    /// <exception cref="UnknownContextException">There is no such data set or device, or no latencies for the two.</exception>
    /// <exception cref="DataFileException">A table is missing or damaged.</exception>
    public BenchmarkContext GetContext(string dataset, string device)
    {
        _ = FindDevice(dataset, device);
        return _contexts.GetOrAdd($"{dataset}:{device}", _ => new(() => new(
            dataset, DatasetShape.Of(dataset), device, Space, GetLatency(dataset, device),
            (GetAccuracy(dataset, LabelSources.Validation), GetAccuracy(dataset, LabelSources.Test)))
        {
            EnergyMj = DeviceCatalog.WithEnergy.Contains(device) ? Column(EnergyFile, $"{device}_{dataset}") : default,
        })).Value;
    }

    /// <summary>
    /// Accuracy after 200 epochs by architecture index, percent: the mean over all seeds of training that the benchmark has. Complete.
    /// </summary>
    /// <param name="labelsFrom">One of <see cref="LabelSources"/>.</param>
    /// <exception cref="UnknownContextException">There is no such data set.</exception>
    /// <exception cref="DataFileException">The table is missing or damaged.</exception>
    public ImmutableArray<double> GetAccuracy(string dataset, string labelsFrom)
    {
        CheckDataset(dataset);
        return Column(labelsFrom == LabelSources.Test ? TestFile : ValidationFile, dataset);
    }

    /// <summary>Latencies on a device by architecture index, ms; NaN for the architectures that it cannot run.</summary>
    /// <exception cref="UnknownContextException">There is no such data set or device, or no latencies for the two.</exception>
    /// <exception cref="DataFileException">The table is missing or damaged.</exception>
    public ImmutableArray<double> GetLatency(string dataset, string device)
        => Column(DeviceCatalog.LatencyFile(FindDevice(dataset, device), dataset), device);

    /// <summary>Names of the scores that <see cref="GetTrainingFreeScore"/> has for a data set.</summary>
    public static IReadOnlyList<string> TrainingFreeScoresOf(string dataset)
        => dataset == DeviceCatalog.ImageNet16 ? ["naswot", "synflow", "logsynflow"] : ["naswot", "synflow", "logsynflow", "nregions"];

    /// <summary>
    /// Training-free scores by architecture index, NaN where there is none, as others published them: <c>naswot</c> (201 architectures have
    /// none), <c>synflow</c> (up to 1e67), <c>logsynflow</c>, and <c>nregions</c> for the two CIFARs.
    /// </summary>
    /// <exception cref="UnknownContextException">There is no such data set, or no such score for it.</exception>
    /// <exception cref="DataFileException">The table is missing or damaged.</exception>
    public ImmutableArray<double> GetTrainingFreeScore(string dataset, string score)
    {
        CheckDataset(dataset);
        IReadOnlyList<string> scores = TrainingFreeScoresOf(dataset);
        return scores.Contains(score)
            ? Column(ScoreFile, $"{score}_{dataset}")
            : throw new UnknownContextException(
                "score", score, scores,
                $"score '{score}' is not in the table for {dataset}{NearMiss.Hint(score, scores)}; there are {string.Join(", ", scores)}.");
    }

    /// <summary>Whether these tables have the scores of zero-cost proxies for a data set.</summary>
    /// <exception cref="DataFileException">The manifest is missing or damaged.</exception>
    public bool HasProxyScores(string dataset) => dataset == DeviceCatalog.Cifar10 && _directory.Lists(ProxyFile);

    /// <summary>
    /// Scores of a zero-cost proxy as this program computes them (see <c>ProxyTable</c>), for the one architecture that stands for each
    /// function of the space; NaN where there is none.
    /// </summary>
    /// <exception cref="UnknownContextException">There is no such data set, or no such table for it.</exception>
    /// <exception cref="DataFileException">The table is missing or damaged, or has no such proxy.</exception>
    public ImmutableArray<double> GetProxyScore(string dataset, string proxy)
    {
        CheckDataset(dataset);
        return HasProxyScores(dataset)
            ? Column(ProxyFile, proxy)
            : throw new UnknownContextException(
                "dataset", dataset, [DeviceCatalog.Cifar10],
                $"dataset '{dataset}' has no table of proxies: there is one for {DeviceCatalog.Cifar10}.");
    }

    private void CheckDataset(string dataset)
    {
        if (!Datasets.Contains(dataset))
        {
            throw new UnknownContextException("dataset", dataset, Datasets, $"dataset {NearMiss.Unknown(dataset, Datasets)}.");
        }
    }

    /// <summary>A device with latencies for a data set.</summary>
    private DeviceInfo FindDevice(string dataset, string device)
    {
        CheckDataset(dataset);
        if (Devices.FirstOrDefault(info => info.Name == device) is not { } found)
        {
            string[] all = [.. Devices.Select(info => info.Name)];
            throw new UnknownContextException(
                "device", device, all, $"device {NearMiss.Unknown(device, all)}, or supply a latency table for it.");
        }

        if (found.Datasets.Contains(dataset))
        {
            return found;
        }

        string[] names = [.. Devices.Where(info => info.Datasets.Contains(dataset)).Select(info => info.Name)];
        throw new UnknownContextException(
            "device", device, names,
            $"device '{device}' has no latency table for {dataset}, only for {string.Join(", ", found.Datasets)}: "
                + $"for {dataset} choose one of {string.Join(", ", names)}, or supply a latency table for it.");
    }

    private ImmutableArray<double> Column(string file, string column)
        => ImmutableCollectionsMarshal.AsImmutableArray(
            _columns.GetOrAdd($"{file}:{column}", _ => new(() => Table(file).Numbers(column))).Value);

    private IndexedTable Table(string file) => _tables.GetOrAdd(file, key => new(() => _directory.Read(key, Space.Size))).Value;
}
