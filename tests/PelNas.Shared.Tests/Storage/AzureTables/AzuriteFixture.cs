using PelNas.Tests.Azurite;

[assembly: AssemblyFixture(typeof(PelNas.Shared.Tests.Storage.AzureTables.AzuriteFixture))]

namespace PelNas.Shared.Tests.Storage.AzureTables;

/// <summary>One emulator for all tests of this project, started when the first one asks for it.</summary>
public sealed class AzuriteFixture : IAsyncDisposable
{
    private readonly Lazy<Task<AzuriteServer>> _server = new(() => AzuriteServer.StartAsync());

    public Task<AzuriteServer> Server => _server.Value;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
