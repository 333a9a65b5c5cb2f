using System.Net.Sockets;
using Azure;
using Azure.Identity;
using Microsoft.Identity.Client;
using PelNas.Shared.Storage.Rows.AzureTables;

namespace PelNas.Shared.Tests.Storage.Rows.AzureTables;

/// <summary>Whether an identity that gives no token is for somebody to mend, or comes back by itself.</summary>
public sealed class StorageFaultsTests
{
    public static TheoryData<string, Exception> Passing => new()
    {
        { "busy, told by MSAL",
            new MsalServiceException("managed_identity_request_failed", "[Managed Identity] Error Message: busy", 429) },
        { "out of order, told by MSAL",
            new MsalServiceException("managed_identity_request_failed", "[Managed Identity] Error Message: no", 500) },
        {
            "no connection, told by MSAL",
            new MsalServiceException(
                "managed_identity_request_failed", "Retry failed after 6 tries.",
                new AggregateException(new RequestFailedException(0, "Connection refused")))
        },
        { "busy", new RequestFailedException(429, "Too many requests") },
        { "out of order", new RequestFailedException(500, "Internal error") },
        { "no connection", new RequestFailedException(0, "no route", new SocketException((int)SocketError.HostUnreachable)) },
        { "all attempts failed",
            new AggregateException(new RequestFailedException(503, "first"), new RequestFailedException(503, "last")) },
        { "no answer", new TaskCanceledException("The operation was cancelled because it exceeded the configured timeout.") },
        { "reset", new HttpRequestException("reset") },
    };

    public static TheoryData<string, Exception> Lasting => new()
    {
        { "no such identity", new AuthenticationFailedException("failed", new RequestFailedException(400, "Identity not found")) },
        {
            "no such identity, told by MSAL",
            new AuthenticationFailedException(
                "failed",
                new MsalServiceException("managed_identity_request_failed", "[Managed Identity] Error Message: Identity not found", 400))
        },
        { "a wrong secret", new AuthenticationFailedException("AADSTS7000215: Invalid client secret provided.") },
        { "not signed in", new CredentialUnavailableException("Run az login.") },
    };

    [Theory]
    [MemberData(nameof(Passing))]
    public void An_identity_whose_service_fails_passes(string what, Exception cause)
    {
        StoreException fault = Translate(new AuthenticationFailedException("ManagedIdentityCredential authentication failed", cause));
        fault.Kind.ShouldBe(StoreFaultKind.Passing, what);
        fault.Message.ShouldContain("gave no token just now");
    }

    [Theory]
    [MemberData(nameof(Lasting))]
    public void An_identity_that_does_not_sign_in_is_for_somebody_to_mend(string what, Exception exception)
    {
        StoreException fault = Translate(exception);
        fault.Kind.ShouldBe(StoreFaultKind.Lasting, what);
        fault.Message.ShouldContain("PelNas__Storage__ClientId");
    }

    private static StoreException Translate(Exception exception)
        => StorageFaults.Translate("https://account.table.core.windows.net", exception, CancellationToken.None).ShouldNotBeNull();
}
