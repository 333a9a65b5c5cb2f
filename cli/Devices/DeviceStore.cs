using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PelNas.Cli.Commands;
using PelNas.Cli.Hosting;
using PelNas.Shared.Devices;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;

namespace PelNas.Cli.Devices;

/// <summary>The devices of the user in a store, with what it takes to add one.</summary>
internal sealed class DeviceStore : IDisposable
{
    private readonly IHost _app;

    private DeviceStore(string folder, IHost app) => (Folder, _app) = (folder, app);

    /// <summary>The data folder.</summary>
    public string Folder { get; }

    public BenchmarkTables Tables => Catalog.Tables;

    public LatencyEstimator Estimator => _app.Services.GetRequiredService<LatencyEstimator>();

    private BenchmarkCatalog Catalog => _app.Services.GetRequiredService<BenchmarkCatalog>();

    private DeviceRepository Repository => _app.Services.GetRequiredService<DeviceRepository>();

    private bool IsThere => LocalStore.MissingFile(_app) is null;

    public static DeviceStore Open(ParseResult parsed, StoreOptions store) => new(parsed.GetValue(store.Data)!, store.Open(parsed));

    /// <summary>Refuses a name that no device of the user's may have.</summary>
    public void CheckName(string name)
    {
        if (!DeviceNames.IsValid(name))
        {
            throw new UsageException($"NAME: '{UntrustedText.Line(name, 60)}' is not allowed; give {DeviceNames.Rule}.");
        }

        if (Catalog.IsBuiltIn(name))
        {
            throw new UsageException($"NAME: the device '{name}' ships with the product and cannot be replaced; choose another name.");
        }
    }

    public static void CheckDataset(string dataset)
    {
        if (!DeviceNames.IsValid(dataset))
        {
            throw new UsageException($"--dataset: '{UntrustedText.Line(dataset, 60)}' is no name of a data set: {DeviceNames.Rule}.");
        }
    }

    /// <summary>All devices: those that ship, and the user's.</summary>
    public async Task<IReadOnlyList<DeviceInfo>> ListAsync(CancellationToken cancellationToken)
        => IsThere ? await Catalog.ListDevicesAsync(cancellationToken) : Tables.Devices;

    /// <summary>A device of the user's for a data set.</summary>
    public async Task<DeviceTable> GetAsync(string name, string dataset, CancellationToken cancellationToken)
    {
        if (Catalog.IsBuiltIn(name))
        {
            throw new UsageException($"NAME: the device '{name}' ships with the latency of every cell; give one of your own.");
        }

        CheckName(name);
        CheckDataset(dataset);
        return (IsThere ? await Repository.GetAsync(name, dataset, version: null, cancellationToken) : null)
            ?? throw new UsageException(
                $"NAME: nothing is stored of a device '{name}' for {dataset}; 'pelnas devices add' stores measurements. "
                    + "Check --data, --store and --dataset.");
    }

    /// <summary>Stores measurements as a device.</summary>
    public async Task<DeviceTable> PutAsync(
        string name, string dataset, IReadOnlyList<MeasuredCell> cells, MeasurementSetup? setup, CancellationToken cancellationToken)
    {
        DeviceTable table = DeviceTable.Of(name, dataset, TimeProvider.System.GetUtcNow(), Tables.Space, cells, Estimator, setup);
        await Repository.PutAsync(table, cancellationToken);
        return table;
    }

    /// <summary>Removes a device of the user's for a data set. Searches that were planned with it keep to it.</summary>
    public async Task RemoveAsync(string name, string dataset, CancellationToken cancellationToken)
    {
        await GetAsync(name, dataset, cancellationToken);
        await Repository.RemoveAsync(name, dataset, cancellationToken);
    }

    public void Dispose() => _app.Dispose();
}
