using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace PelNas.Functions.Chat;

/// <summary>Who signs in to Azure OpenAI where no key is set, and, with a client id, to Application Insights.</summary>
internal static class ChatIdentity
{
    /// <summary>Name of the setting that holds the client id of the app's user-assigned identity.</summary>
    public const string ClientId = "AZURE_CLIENT_ID";

    // With one of these the client id is that of a service principal, which DefaultAzureCredential signs in.
    private const string ClientSecret = "AZURE_CLIENT_SECRET";
    private const string ClientCertificate = "AZURE_CLIENT_CERTIFICATE_PATH";
    private const string FederatedToken = "AZURE_FEDERATED_TOKEN_FILE";

    /// <summary>The client id of the app's user-assigned identity, or null.</summary>
    public static string? ClientIdIn(IConfiguration configuration) => configuration[ClientId];

    /// <summary>
    /// The app's user-assigned identity where its client id is set: of the ones that an app may have, only that one has the role, and
    /// trying others first costs seconds and fails in words that lead astray. Else what the environment offers.
    /// </summary>
    public static TokenCredential Of(IConfiguration configuration)
        => ClientIdIn(configuration) is { Length: > 0 } clientId
            && string.IsNullOrEmpty(configuration[ClientSecret])
            && string.IsNullOrEmpty(configuration[ClientCertificate])
            && string.IsNullOrEmpty(configuration[FederatedToken])
            ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
            : new DefaultAzureCredential();
}
