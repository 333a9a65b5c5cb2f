namespace PelNas.Shared.Llm.Providers;

/// <summary>Marks the HTTP requests that go to an LLM, so that telemetry can tell them from those to storage, identities and others.</summary>
public static class ProviderRequests
{
    private static readonly HttpRequestOptionsKey<bool> Key = new("pelnas.provider");

    /// <summary>Marks a request.</summary>
    internal static void Mark(HttpRequestMessage request) => request.Options.Set(Key, true);

    /// <summary>Whether a request goes to an LLM.</summary>
    public static bool Includes(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Options.TryGetValue(Key, out bool isMarked) && isMarked;
    }
}
