using PelNas.Shared.Storage;
using PelNas.Tests.Azurite;

namespace PelNas.Shared.Tests.Storage;

public sealed class AzureTablesBudgetStoreTests(AzuriteFixture azurite) : BudgetStoreConformance, IAsyncLifetime
{
    private AzuriteStores? _stores;

    protected override IBudgetStore Store => field ??= _stores!.Open();

    public async ValueTask InitializeAsync() => _stores = new AzuriteStores(await azurite.Server);

    public ValueTask DisposeAsync()
    {
        _stores?.Dispose();
        return ValueTask.CompletedTask;
    }
}
