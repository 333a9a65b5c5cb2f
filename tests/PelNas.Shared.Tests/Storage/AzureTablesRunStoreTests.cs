using PelNas.Shared.Storage;
using PelNas.Tests.Azurite;

namespace PelNas.Shared.Tests.Storage;

/// <summary>The conformance suite on tables, over HTTP against the emulator.</summary>
public sealed class AzureTablesRunStoreTests(AzuriteFixture azurite) : RunStoreConformance, IAsyncLifetime
{
    private AzuriteStores? _stores;

    public async ValueTask InitializeAsync() => _stores = new AzuriteStores(await azurite.Server);

    public ValueTask DisposeAsync()
    {
        _stores?.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override IRunStore Open() => _stores!.Open();
}
