using PelNas.Shared.Llm.Faults;

namespace PelNas.Shared.Llm.Providers;

/// <summary>
/// The HTTP client under every provider: no redirects, so that a key never reaches another host, and answers of bounded size.
/// </summary>
internal static class ProviderHttp
{
    /// <summary>Most bytes of an answer. The largest legal one, 64 architectures with rationale, is under 100 KB.</summary>
    public const int MaxAnswerBytes = 2 * 1024 * 1024;

    /// <summary>Longest that a connection may take. The transport keeps it by real time.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    public static HttpClient Create(TimeProvider time, TimeSpan? connectTimeout = null) => new(new ProviderStatusHandler(time)
    {
        InnerHandler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = connectTimeout ?? ConnectTimeout,

            // Long-lived processes have to notice when a name gets another address.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        },
    })
    {
        // The limit is that of ProviderChatClient, which follows the app's clock.
        Timeout = Timeout.InfiniteTimeSpan,
    };
}

/// <summary>
/// Marks the HTTP requests that go to an LLM, so that telemetry can tell them from those to storage, identities and others.
/// </summary>
public static class ProviderRequests
{
    private static readonly HttpRequestOptionsKey<bool> Key = new("pelnas.provider");

    /// <summary>Marks a request.</summary>
    internal static void Mark(HttpRequestMessage request) => request.Options.Set(Key, true);

    /// <summary>Whether a request goes to an LLM.</summary>
    public static bool Includes(HttpRequestMessage request) => request.Options.TryGetValue(Key, out bool isMarked) && isMarked;
}
