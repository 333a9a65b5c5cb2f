using PelNas.Tests.Azurite;

namespace PelNas.Shared.Tests.Storage.Rows.AzureTables;

public sealed class AzuriteServerTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_emulator_answers_on_both_ports_as_soon_as_it_has_started()
    {
        AzuriteServer server = await azurite.Server;
        using HttpClient client = new();
        foreach (Uri service in (Uri[])[server.Blobs, server.Tables])
        {
            service.IsLoopback.ShouldBeTrue();
            using HttpResponseMessage response = await client.GetAsync(new Uri(service, "devstoreaccount1"), Cancellation);
            response.Headers.Server.ToString().ShouldContain("Azurite");
        }
    }

    [Fact]
    public async Task The_emulator_is_gone_after_it_was_disposed()
    {
        AzuriteServer server = await AzuriteServer.StartAsync(Cancellation);
        await server.DisposeAsync();
        using HttpClient client = new();
        await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(server.Tables, Cancellation));
    }
}
