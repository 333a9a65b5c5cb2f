using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace PelNas.Functions.Tests.Support;

/// <summary>
/// The token endpoint that the Functions platform gives an app, which refuses. Where it is stands in the environment of the process, which
/// the real managed identity credential reads; no other test signs in.
/// </summary>
internal sealed class RefusingIdentity : IAsyncDisposable
{
    /// <summary>Id of the identity.</summary>
    public const string ClientId = "00000000-0000-0000-0000-000000000001";

    /// <summary>What the platform has the app send.</summary>
    public const string Secret = "5d0a1f5e9b6c4c1f8f3e2a7b6c5d4e3f";

    private const string Endpoint = "IDENTITY_ENDPOINT";
    private const string Header = "IDENTITY_HEADER";

    private readonly WebApplication _app;
    private int _requests;

    private RefusingIdentity()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/msi/token", (HttpRequest request) =>
        {
            Interlocked.Increment(ref _requests);
            return Results.Json(new { statusCode = 403, message = $"Not today: {request.Headers["X-IDENTITY-HEADER"]}" },
                statusCode: StatusCodes.Status403Forbidden);
        });
    }

    /// <summary>How often it was asked.</summary>
    public int Requests => _requests;

    public static async Task<RefusingIdentity> StartAsync()
    {
        RefusingIdentity identity = new();
        await identity._app.StartAsync();
        Environment.SetEnvironmentVariable(Endpoint, $"{identity._app.Urls.Single()}/msi/token");
        Environment.SetEnvironmentVariable(Header, Secret);
        return identity;
    }

    public ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable(Endpoint, null);
        Environment.SetEnvironmentVariable(Header, null);
        return _app.DisposeAsync();
    }
}
