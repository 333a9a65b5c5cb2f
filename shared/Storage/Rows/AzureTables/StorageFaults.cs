using System.Net.Sockets;
using Azure;
using Azure.Data.Tables.Models;
using Azure.Identity;
using Microsoft.Identity.Client;

namespace PelNas.Shared.Storage.Rows.AzureTables;

/// <summary>Separates faults of the storage account from mistakes of this program, and says what to do about the former.</summary>
internal static class StorageFaults
{
    private const string Roles =
        "Give the app's identity the role 'Storage Table Data Contributor' on the storage account (a new assignment takes some minutes), "
        + "and check that the account's firewall lets it in.";

    /// <summary>The fault that the exception reports, or null when it is none of the account's.</summary>
    public static StoreException? Translate(string location, Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException when cancellationToken.IsCancellationRequested => null,
        RequestFailedException failed => OfAnswer(location, failed),
        AuthenticationFailedException { InnerException: { } cause } when Passes(location, cause, cancellationToken) => new(
            location, "cannot be asked, since the identity's own service gave no token just now",
            "Try again. If it lasts, check the identity and its tenant.", exception, StoreFaultKind.Passing),
        AuthenticationFailedException => new(
            location, "cannot be asked, since no identity signs in",
            "In Azure give the app a managed identity and set PelNas__Storage__ClientId to its client id; "
                + "elsewhere sign in with 'az login'.", exception),
        // What the client throws when its last attempt failed too.
        AggregateException { InnerExceptions: [.., var last] } => Translate(location, last, cancellationToken),
        OperationCanceledException or TimeoutException =>
            new(location, "did not answer in time", "Try again; what was cut short can be repeated.", exception, StoreFaultKind.Passing),
        IOException or HttpRequestException or SocketException => Unreachable(location, exception),
        _ => null,
    };

    /// <summary>
    /// Whether what a credential met passes by itself. A managed identity's service is asked by MSAL, which says what may be asked again.
    /// </summary>
    private static bool Passes(string location, Exception cause, CancellationToken cancellationToken) => cause switch
    {
        MsalException { IsRetryable: true } => true,
        MsalException { InnerException: { } inner } => Passes(location, inner, cancellationToken),
        _ => Translate(location, cause, cancellationToken) is { Kind: StoreFaultKind.Passing },
    };

    private static StoreException? OfAnswer(string location, RequestFailedException failed) => (failed.Status, failed.ErrorCode) switch
    {
        (0, _) => Unreachable(location, failed),
        (403, "AuthenticationFailed") => new(
            location, "did not accept the request's signature (403 AuthenticationFailed)",
            "Check this machine's clock, which may be off by 15 minutes at most, and the key in the connection string.", failed),
        (401 or 403, var code) =>
            new(location, $"refuses this identity ({failed.Status} {code})", Roles, failed, StoreFaultKind.NotPermitted),
        (404, var code) when code == TableErrorCode.TableNotFound =>
            new(location, "has lost a table", "Try again: it is created when it is missing.", failed),
        (409, var code) when code == TableErrorCode.TableBeingDeleted =>
            new(location, $"is deleting a table ({code})", "Try again in a minute.", failed),
        (408 or 429 or >= 500, var code) =>
            new(location, $"is busy or out of order ({failed.Status} {code})", "Try again; what was cut short can be repeated.",
                failed, StoreFaultKind.Passing),
        _ => null,
    };

    private static StoreException Unreachable(string location, Exception exception)
        => new(location, $"cannot be reached ({exception.GetBaseException().Message})",
            "Check the address in PelNas__Storage__TableServiceUri and the network, then try again.", exception, StoreFaultKind.Passing);
}
