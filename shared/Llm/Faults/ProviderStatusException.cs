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

/// <summary>
/// The error codes of OpenAI and Azure that may stand in a message. A code is text of the provider's like any other and may quote
/// the key, which a pattern cannot tell from a code: so only those on this list are taken over.
/// </summary>
internal static class ProviderErrorCodes
{
    /// <summary>
    /// Codes by which the account has no credit left, its monthly limit is reached, or billing is not set up. They come with 429 as passing
    /// ones do.
    /// </summary>
    public static IReadOnlyList<string> NoCredit { get; } = ["insufficient_quota", "billing_hard_limit_reached", "billing_not_active"];

    /// <summary>The prompt with its longest answer is longer than the model takes.</summary>
    public const string ContextLengthExceeded = "context_length_exceeded";

    /// <summary>Codes by which a content filter says that it stopped the call.</summary>
    public static IReadOnlyList<string> Filters { get; } = ["content_filter", "ResponsibleAIPolicyViolation"];

    private static readonly HashSet<string> Known =
    [
        .. Filters, .. NoCredit, ContextLengthExceeded,
        "invalid_api_key", "account_deactivated", "model_not_found", "DeploymentNotFound", "DeploymentNotReady", "OperationNotSupported",
        "AuthenticationTypeDisabled", "PermissionDenied", "Unauthorized", "Forbidden", "NotFound", "ResourceNotFound", "BadRequest",
        "invalid_request_error", "invalid_value", "invalid_type", "unsupported_parameter", "unsupported_value", "unknown_parameter",
        "string_above_max_length", "rate_limit_exceeded", "tokens", "requests", "TooManyRequests", "RateLimitReached", "NoCapacity",
        "Timeout", "RequestTimeout", "InternalServerError", "internal_error", "server_error", "ServiceUnavailable", "BadGateway",
        "GatewayTimeout", "engine_overloaded",
        .. Enumerable.Range(400, 200).Select(status => $"{status}"),
    ];

    /// <summary>The code where it is a known one, else nothing.</summary>
    public static string Take(string? code) => code is not null && Known.TryGetValue(code, out string? known) ? known : "";
}
