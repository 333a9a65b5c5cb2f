using PelNas.Shared.Llm.Providers;

namespace PelNas.Shared.Llm.Diagnosis;

/// <summary>Finds out whether anybody answers at a provider's address, before a search waits for it step by step.</summary>
public static class ProviderReach
{
    private const int Attempts = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Asks for the address itself, which costs nothing and shows no key. Whatever is answered will do.</summary>
    /// <returns>Why nobody answers, after some 40 seconds at most; null when somebody does.</returns>
    public static async Task<string?> WhyNotAsync(ChatProviderOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (options.Provider == ChatProviders.Offline || options.Replay is { Length: > 0 })
        {
            return null;
        }

        using HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = Patience })
        {
            Timeout = Patience,
        };
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using HttpResponseMessage answer = await client.GetAsync(
                    options.EndpointUri, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                return null;
            }
            catch (Exception exception)
                when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                if (attempt == Attempts)
                {
                    string why = exception is HttpRequestException
                        ? exception.Message.TrimEnd('.')
                        : $"no answer in {Patience.TotalSeconds:0} s";
                    return $"{options.Provider} at {options.EndpointUri.Host} cannot be reached ({why}). Check the endpoint and the "
                        + "network; 'pelnas doctor' says more.";
                }

                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
