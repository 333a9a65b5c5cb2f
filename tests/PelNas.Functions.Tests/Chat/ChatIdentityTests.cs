using Azure.Identity;
using Microsoft.Extensions.Configuration;
using PelNas.Functions.Chat;

namespace PelNas.Functions.Tests.Chat;

public sealed class ChatIdentityTests
{
    [Fact]
    public void The_identity_whose_client_id_is_set_signs_in()
        => ChatIdentity.Of(Settings((ChatIdentity.ClientId, "00000000-0000-0000-0000-000000000001")))
            .ShouldBeOfType<ManagedIdentityCredential>();

    [Fact]
    public void Without_one_the_environment_decides() => ChatIdentity.Of(Settings()).ShouldBeOfType<DefaultAzureCredential>();

    [Fact]
    public void The_client_id_of_a_service_principal_is_no_managed_identity()
        => ChatIdentity.Of(Settings((ChatIdentity.ClientId, "a"), ("AZURE_CLIENT_SECRET", "b"))).ShouldBeOfType<DefaultAzureCredential>();

    private static IConfiguration Settings(params (string Name, string Value)[] settings)
        => new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
}
