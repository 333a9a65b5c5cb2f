using System.Net;

namespace PelNas.Shared.Llm.Faults;

/// <summary>The provider answered with an HTTP status that is no success. Holds no text of the provider but its error code.</summary>
public sealed class ProviderStatusException(HttpStatusCode status, string code, bool countsTokens, TimeSpan? retryAfter)
    : Exception($"HTTP {(int)status}{(code.Length > 0 ? $" ({code})" : "")}")
{
    /// <summary>HTTP status.</summary>
    public HttpStatusCode Status { get; } = status;

    /// <summary>The provider's error code, one of <see cref="ProviderErrorCodes"/>; empty when there is none.</summary>
    public string Code { get; } = code;

    /// <summary>Whether the body counts tokens, so that the model did work on the call.</summary>
    public bool CountsTokens { get; } = countsTokens;

    /// <summary>How long the provider asks to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
