using PelNas.Shared.Storage;
using PelNas.Shared.Tests.Support;

namespace PelNas.Shared.Tests.Storage;

public sealed class SqliteBudgetStoreTests : BudgetStoreConformance, IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly SqliteRunStore _store;

    public SqliteBudgetStoreTests() => _store = new SqliteRunStore(_folder.File("store.db"));

    protected override IBudgetStore Store => _store;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
