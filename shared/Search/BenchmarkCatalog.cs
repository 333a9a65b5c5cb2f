using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Storage;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Search;

/// <summary>
/// Every context a search can run on: those whose tables ship with the product, then those of the users' uploaded latency tables.
/// </summary>
public sealed class BenchmarkCatalog(BenchmarkTables tables, DeviceRepository uploads, SpaceRepository? spaces = null)
{
    // A context of a user's is 125 KB and what its metrics take; more than a few in use at a time are unlikely.
    private const int Capacity = 32;

    private readonly ConcurrentDictionary<(string Dataset, string Device, string Version), BenchmarkContext> _uploaded = new();

    private readonly ConcurrentDictionary<string, ISpaceBenchmark> _spaces = new();

    /// <summary>The tables that ship.</summary>
    public BenchmarkTables Tables { get; } = tables;

    /// <summary>Whether the name is that of a device that ships, or stands for one, so that no upload may take it.</summary>
    public bool IsBuiltIn(string device)
        => Tables.Devices.Any(info => info.Name == device) || CountedDevices.Names.Contains(device) || device == CountedDevices.Told;

    /// <summary>The context of a data set and a device.</summary>
    /// <param name="tableVersion">Version of an uploaded table to keep to, or null for the one in force.</param>
    /// <exception cref="UnknownContextException">There is no such data set or device, or no latencies for the two.</exception>
    /// <exception cref="DataFileException">A table that ships is missing or damaged.</exception>
    public async Task<BenchmarkContext> GetContextAsync(
        string dataset, string device, string? tableVersion, CancellationToken cancellationToken)
    {
        if (tableVersion is not null && _uploaded.TryGetValue((dataset, device, tableVersion), out BenchmarkContext? cached))
        {
            return cached;
        }

        // What cannot be the name of an uploaded table is left to the shipped tables, whose error says what may be requested.
        if (IsBuiltIn(device) || !Tables.Datasets.Contains(dataset) || !DeviceNames.IsValid(device))
        {
            return Tables.GetContext(dataset, device);
        }

        return await uploads.GetAsync(device, dataset, tableVersion, cancellationToken) is { } table
            ? Cached(table)
            : throw await UnknownAsync(dataset, device, cancellationToken);
    }

    /// <summary>
    /// The context of a request. Where its labels are not the table's, no accuracy is known, the data set may be any, and the device may be
    /// one of <see cref="CountedDevices"/>.
    /// </summary>
    /// <param name="tableVersion">Version of an uploaded table to keep to, or null for the one in force.</param>
    /// <exception cref="UnknownContextException">There is no such data set or device, or no latencies for the two.</exception>
    /// <exception cref="DataFileException">A table that ships is missing or damaged.</exception>
    public async Task<BenchmarkContext> GetContextAsync(SearchRequest request, string? tableVersion, CancellationToken cancellationToken)
    {
        (string dataset, string device) = (request.Dataset, request.Device);
        if (request.Space is { } space)
        {
            return Context(await GetSpaceAsync(space, cancellationToken), request);
        }

        if (request.IsLatencyTold() && request.LabelsBy() != LabelProviders.You)
        {
            throw new UnknownContextException(
                "device", device, [],
                $"'{device}' is a latency that comes with each label: give another device, or get the labels by '{LabelProviders.You}'.");
        }

        if (request.LabelsBy() == LabelProviders.Table)
        {
            return await GetContextAsync(dataset, device, tableVersion, cancellationToken);
        }

        DatasetShape shape = ShapeOf(request);
        if (request.IsLatencyTold() || CountedDevices.Names.Contains(device))
        {
            string count = request.IsLatencyTold() ? CountedDevices.Flops : device;
            return new BenchmarkContext(dataset, shape, device, Tables.Space, CountedDevices.LatencyMs(Tables.Space, count, shape));
        }

        if (Tables.Datasets.Contains(dataset) && shape == DatasetShape.Of(dataset))
        {
            BenchmarkContext known = await GetContextAsync(dataset, device, tableVersion, cancellationToken);
            return known.WithoutAccuracies();
        }

        if (IsBuiltIn(device) || !DeviceNames.IsValid(device)
            || await uploads.GetAsync(device, dataset, tableVersion, cancellationToken) is not { } table)
        {
            throw new UnknownContextException(
                "device", device, CountedDevices.Names,
                $"there are no latencies of '{device}' for {dataset}: "
                    + $"give {string.Join(" or ", CountedDevices.Names)}, or measure or upload latencies for it.");
        }

        if (table.Setup is { } setup && setup.ImageSize != shape.Resolution)
        {
            throw new UnknownContextException(
                "device", device, [],
                $"'{device}' was measured for {dataset} on images of {setup.ImageSize} pixels, "
                    + $"not {shape.Resolution}; measure it again for those.");
        }

        return new BenchmarkContext(dataset, shape, device, Tables.Space, table.LatencyMs)
        {
            TableVersion = table.Version,
            Uncertainty = Uncertainty(table),
        };
    }

    private static BenchmarkContext Context(ISpaceBenchmark space, SearchRequest request)
    {
        if (space is not OpenBenchmark { Datasets.Count: 0 } open)
        {
            return space.GetContext(request.Dataset, request.Device, request.Seed);
        }

        if (!DeviceNames.IsValid(request.Dataset))
        {
            throw NoName(request.Dataset);
        }

        // Only how sure chance accuracy is depends on the classes.
        return open.GetContext(
            request.Dataset, request.Device, new DatasetShape(request.Labels?.ImageSize ?? 1, request.Labels?.Classes ?? 2), request.Seed);
    }

    /// <summary>A space other than NAS-Bench-201, that ships or that a user has added.</summary>
    /// <exception cref="UnknownContextException">There is no such space.</exception>
    public async Task<ISpaceBenchmark> GetSpaceAsync(string name, CancellationToken cancellationToken)
    {
        if (_spaces.TryGetValue(name, out ISpaceBenchmark? known))
        {
            return known;
        }

        // A definition that is stored was read before.
        return spaces is not null && DeviceNames.IsValid(name) && !BenchmarkTables.OtherSpaces.Contains(name)
            && await spaces.GetAsync(name, cancellationToken) is { } json
            ? _spaces.GetOrAdd(name, _ => SpaceDefinitionReader.Read(json, out IReadOnlyList<SpaceFault> faults)?.ToBenchmark()
                ?? throw new InvalidOperationException($"The stored definition of {name} is damaged. {SpaceFault.Describe(faults)}"))
            : _spaces.GetOrAdd(name, Tables.GetSpace(name));
    }

    /// <summary>The spaces other than NAS-Bench-201: those that ship, then those of users by name.</summary>
    public async Task<IReadOnlyList<ISpaceBenchmark>> ListSpacesAsync(CancellationToken cancellationToken)
    {
        List<ISpaceBenchmark> found = [.. BenchmarkTables.OtherSpaces.Select(Tables.GetSpace)];
        foreach (string name in spaces is null ? [] : await spaces.ListAsync(cancellationToken))
        {
            found.Add(await GetSpaceAsync(name, cancellationToken));
        }

        return found;
    }

    /// <summary>The space of that name, which some run of this process is in.</summary>
    public ISearchSpace SpaceInUse(string name) => _spaces[name].Space;

    /// <exception cref="UnknownContextException">Neither the request nor the tables say what the images are.</exception>
    private DatasetShape ShapeOf(SearchRequest request)
    {
        DatasetShape? known = Tables.Datasets.Contains(request.Dataset) ? DatasetShape.Of(request.Dataset) : null;
        if (known is null && !DeviceNames.IsValid(request.Dataset))
        {
            throw NoName(request.Dataset);
        }

        return (request.Labels!.ImageSize ?? known?.Resolution, request.Labels.Classes ?? known?.Classes) is ({ } resolution, { } classes)
            ? new DatasetShape(resolution, classes)
            : throw new UnknownContextException(
                "labels", "", [], $"the data set {request.Dataset} is not one of the benchmark's: give its imageSize and classes.");
    }

    /// <summary>All devices: those that ship, then the uploaded ones by name.</summary>
    public async Task<IReadOnlyList<DeviceInfo>> ListDevicesAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<DeviceTableInfo> uploaded = await uploads.ListAsync(cancellationToken);
        return
        [
            .. Tables.Devices,
            .. uploaded.GroupBy(table => table.Device, StringComparer.Ordinal).Select(group => new DeviceInfo(
                group.Key, Describe([.. group]), LatencySource.Uploaded, "upload", [.. group.Select(table => table.Dataset)])),
        ];
    }

    /// <summary>The contexts of all uploaded tables in force for the benchmark's data sets.</summary>
    public async Task<IReadOnlyList<BenchmarkContext>> ListUploadedAsync(CancellationToken cancellationToken)
    {
        List<BenchmarkContext> contexts = [];
        foreach (DeviceTableInfo info in (await uploads.ListAsync(cancellationToken)).Where(info => Tables.Datasets.Contains(info.Dataset)))
        {
            contexts.Add(await GetContextAsync(info.Dataset, info.Device, info.Version, cancellationToken));
        }

        return contexts;
    }

    private static UnknownContextException NoName(string dataset) => new(
        "dataset", dataset, [], $"'{UntrustedText.Cut(dataset, 60)}' is no name of a data set: {DeviceNames.Rule}.");

    private static string Describe(IReadOnlyCollection<DeviceTableInfo> tables)
        => tables.Any(table => table.Measured is not null)
            ? $"Predicted from measurements of a user: {string.Join(", ", tables.Select(Coverage))}"
            : "Latencies from a user";

    private static string Coverage(DeviceTableInfo table)
        => $"{table.Measured?.ToString(CultureInfo.InvariantCulture) ?? "all"} cells for {table.Dataset}";

    private BenchmarkContext Cached(DeviceTable table)
    {
        if (_uploaded.Count >= Capacity)
        {
            _uploaded.Clear();
        }

        ImmutableArray<double> Accuracy(string labelsFrom) => Tables.GetAccuracy(table.Dataset, labelsFrom);
        return _uploaded.GetOrAdd((table.Dataset, table.Device, table.Version), key => new BenchmarkContext(
            key.Dataset, DatasetShape.Of(key.Dataset), key.Device, Tables.Space, table.LatencyMs,
            (Accuracy(LabelSources.Validation), Accuracy(LabelSources.Test)))
        {
            TableVersion = key.Version,
            Uncertainty = Uncertainty(table),
        });
    }

    private static LatencyUncertainty? Uncertainty(DeviceTable table) => table.Measured is { } measured
        ? new LatencyUncertainty(measured.DeviationMs, measured.Cells.Select(cell => cell.Index).ToFrozenSet())
        : null;

    private async Task<UnknownContextException> UnknownAsync(string dataset, string device, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeviceInfo> devices = await ListDevicesAsync(cancellationToken);
        string[] names = [.. devices.Where(info => info.Datasets.Contains(dataset)).Select(info => info.Name)];
        string problem = devices.FirstOrDefault(info => info.Name == device) is { } known
            ? $"has no latency table for {dataset}, only for {string.Join(", ", known.Datasets)}"
            : $"is unknown{NearMiss.Hint(device, names)}";
        return new UnknownContextException(
            "device", device, names,
            $"device '{device}' {problem}: for {dataset} choose one of {string.Join(", ", names)}, or upload a latency table for it.");
    }
}
